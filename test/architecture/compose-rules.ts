import { parse } from 'yaml';
import { z } from 'zod';
import { MYSQL_SETTINGS } from '../../src/embedded/mariadb.js';

const compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      command: z.array(z.string()).default([]),
      ports: z.array(z.string()).default([]),
      healthcheck: z.object({ test: z.array(z.string()).min(2) }).optional(),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
    }),
  ),
});

const REDIS_COMMAND = ['--appendonly yes', '--appendfsync everysec', '--maxmemory-policy noeviction'] as const;

/** Settings that decide what is lost and what is read; the embedded servers have the same. */
const DATABASE_SETTINGS = [
  'innodb-flush-log-at-trx-commit',
  'character-set-server',
  'collation-server',
  'transaction-isolation',
  'default-time-zone',
  'sql-mode',
  'max-connections',
] as const satisfies readonly (keyof typeof MYSQL_SETTINGS)[];

/** What is wrong with a docker-compose.yml, one line each. Throws if it is not one at all. */
export function composeOffences(yaml: string): string[] {
  const { services } = compose.parse(parse(yaml));
  const offences: string[] = [];
  for (const [name, { image, command, ports, healthcheck, depends_on }] of Object.entries(services)) {
    const line = command.join(' ');
    const isRedis = image.startsWith('redis:');
    const isDatabase = /^(mariadb|mysql):/.test(image);
    const wanted = isRedis
      ? REDIS_COMMAND
      : isDatabase
        ? DATABASE_SETTINGS.map((setting) => `--${setting}=${MYSQL_SETTINGS[setting]}`)
        : [];
    for (const option of wanted) {
      if (!` ${line} `.includes(` ${option} `)) offences.push(`${name}: ${option} is missing`);
    }
    if ((isRedis || isDatabase) && healthcheck === undefined) offences.push(`${name}: no health check`);
    if (/:latest$|^[^:]+$/.test(image)) offences.push(`${name}: image without a version`);
    for (const port of ports) {
      if (!port.startsWith('127.0.0.1:')) offences.push(`${name}: port ${port} is open to the network`);
    }
    for (const [other, { condition }] of Object.entries(depends_on)) {
      if (condition === 'service_started') offences.push(`${name}: does not wait until ${other} is healthy`);
      if (services[other] === undefined) offences.push(`${name}: waits for ${other}, which does not exist`);
    }
  }
  return offences;
}
