import { describe, expect, it } from '@jest/globals';
import { type CheckFacts, reasonOf, weakPasswords } from '../../src/check-facts.js';
import { judgeFacts } from '../../src/checks.js';
import { startVerdict } from '../../src/start-checks.js';

const DATABASE = {
  version: '10.11.6-MariaDB',
  isMariaDb: true,
  flushAtCommit: 1,
  syncBinlog: null,
  charset: 'utf8mb4',
  clockAheadMs: 3,
  rulesServer: false,
};
const REDIS = { version: '7.0.15', evictionPolicy: 'noeviction', appendOnly: true, clockAheadMs: 2 };
const SETTINGS = { shops: 1, accounts: 1, badCredentials: [], withoutTariff: [] };

const facts = (over: Partial<CheckFacts> = {}): CheckFacts => ({
  node: '20.20.2',
  runsAsRoot: false,
  weakPasswords: [],
  secretKey: 'set',
  redis: { is: REDIS },
  database: { is: DATABASE },
  schema: { is: { applied: ['A1'], missing: [], newer: [] } },
  settings: { is: SETTINGS },
  ...over,
});
const amiss = (over: Partial<CheckFacts>) =>
  judgeFacts(facts(over))
    .filter(({ status }) => status !== 'ok')
    .map(({ name, status }) => `${name} ${status}`);

const FAULTS: [string, Partial<CheckFacts>, string][] = [
  ['Node is too old', { node: '20.18.3' }, 'node fail'],
  ['there is no key', { secretKey: 'unset' }, 'secret_key fail'],
  ['Redis drops jobs', { redis: { is: { ...REDIS, evictionPolicy: 'allkeys-lru' } } }, 'redis_eviction fail'],
  ['Redis forgets at a restart', { redis: { is: { ...REDIS, appendOnly: false } } }, 'redis_persistence warn'],
  ['Redis is old', { redis: { is: { ...REDIS, version: '6.0.16' } } }, 'redis warn'],
  ['Redis is too old', { redis: { is: { ...REDIS, version: '4.0.9' } } }, 'redis fail'],
  [
    'MariaDB cannot skip locked rows',
    { database: { is: { ...DATABASE, version: '10.5.23-MariaDB' } } },
    'database fail',
  ],
  ['MySQL is too old', { database: { is: { ...DATABASE, version: '5.7.44', isMariaDb: false } } }, 'database fail'],
  ['commits are not flushed', { database: { is: { ...DATABASE, flushAtCommit: 2 } } }, 'database_durability warn'],
  ['the binary log is not flushed', { database: { is: { ...DATABASE, syncBinlog: 0 } } }, 'database_durability warn'],
  ['the database is not utf8mb4', { database: { is: { ...DATABASE, charset: 'latin1' } } }, 'database_charset warn'],
  ['the clocks differ', { database: { is: { ...DATABASE, clockAheadMs: -2_000 } } }, 'database_clock warn'],
  ['the clock of Redis differs', { redis: { is: { ...REDIS, clockAheadMs: 2_000 } } }, 'redis_clock warn'],
  [
    'a password everybody knows protects a service on the network',
    { weakPasswords: [{ service: 'database', is: 'default', reach: 'network' }] },
    'passwords fail',
  ],
  [
    'a password everybody knows is used on this machine',
    { weakPasswords: [{ service: 'redis', is: 'default', reach: 'machine' }] },
    'passwords warn',
  ],
  [
    'a service on the network asks for no password',
    { weakPasswords: [{ service: 'redis', is: 'none', reach: 'network' }] },
    'passwords warn',
  ],
  [
    'the account rules the whole server',
    { database: { is: { ...DATABASE, rulesServer: true } } },
    'database_account warn',
  ],
  ['it runs as root', { runsAsRoot: true }, 'process_user warn'],
  ['a migration is missing', { schema: { is: { applied: [], missing: ['A1'], newer: [] } } }, 'schema fail'],
  ['the schema is newer', { schema: { is: { applied: ['A1', 'Z9'], missing: [], newer: ['Z9'] } } }, 'schema fail'],
  ['the key is another one', { settings: { unreadable: 'another key' } }, 'stored_secrets fail'],
  ['credentials do not parse', { settings: { is: { ...SETTINGS, badCredentials: ['shops/a'] } } }, 'credentials fail'],
  ['nothing is configured', { settings: { is: { ...SETTINGS, shops: 0 } } }, 'credentials warn'],
  ['a courier has no price', { settings: { is: { ...SETTINGS, withoutTariff: ['yto'] } } }, 'tariffs fail'],
];

describe('the checks', () => {
  it('find nothing amiss where nothing is', () => {
    expect(amiss({})).toEqual([]);
    expect(judgeFacts(facts()).every(({ todo }) => todo === null)).toBe(true);
  });

  it.each(FAULTS)('see that %s', (_, over, line) => {
    expect(amiss(over)).toContain(line);
  });

  it('take what they promise: Node 20.19, 22 and 24, MySQL 8, MariaDB 11', () => {
    for (const node of ['20.19.0', '22.1.0', '24.0.0']) expect(amiss({ node })).toEqual([]);
    for (const [version, isMariaDb] of [
      ['8.0.39', false],
      ['8.4.0', false],
      ['11.4.2-MariaDB', true],
    ] as const) {
      expect(amiss({ database: { is: { ...DATABASE, version, isMariaDb } } })).toEqual([]);
    }
  });

  it('tell for everything amiss what to do, in both languages', () => {
    for (const [, over] of FAULTS) {
      for (const { status, todo } of judgeFacts(facts(over))) {
        if (status === 'ok') continue;
        expect(todo?.en).toMatch(/\w/);
        expect(todo?.zh).toMatch(/[\u4e00-\u9fff]/);
      }
    }
  });

  it('name what is away once, and do not blame its settings too', () => {
    const away = { unknown: 'connect ECONNREFUSED 127.0.0.1:6379' };
    const lines = amiss({ redis: away, database: away, schema: away, settings: away });
    expect(lines.filter((line) => line.endsWith('fail'))).toEqual(['redis fail', 'database fail']);
  });
});

describe('a start', () => {
  const refused = (over: Partial<CheckFacts>, embedded: boolean) =>
    startVerdict(facts(over), embedded).refuse.map(({ name }) => name);

  it('in production is refused for a wrong eviction policy, a schema that does not fit, secrets that are missing, default or do not open', () => {
    const names = FAULTS.flatMap(([, over]) => refused(over, false));
    expect([...new Set(names)].sort()).toEqual([
      'passwords',
      'redis_eviction',
      'schema',
      'secret_key',
      'stored_secrets',
    ]);
  });

  it('in production is not refused for what could not be asked: waiting for services is another matter', () => {
    const away = { unknown: 'away' };
    expect(refused({ redis: away, database: away, schema: away, settings: away }, false)).toEqual([]);
  });

  it('in production goes on with a warning for the rest', () => {
    const verdict = startVerdict(facts({ redis: { is: { ...REDIS, appendOnly: false } } }), false);
    expect(verdict.refuse).toEqual([]);
    expect(verdict.warn.map(({ name }) => name)).toEqual(['redis_persistence']);
  });

  it('of the embedded mode is never refused, only warned about', () => {
    for (const [, over] of FAULTS) {
      expect(refused(over, true)).toEqual([]);
      expect(startVerdict(facts(over), true).warn.length).toBeGreaterThan(0);
    }
  });
});

describe('why something failed', () => {
  it('is told without the password of its URL', () => {
    expect(reasonOf(new Error('connect mysql://jj:hunter2@db:3306/x refused'))).toBe(
      'connect mysql://db:3306/x refused',
    );
    expect(reasonOf(new AggregateError([new Error('first')], 'many'))).toBe('Error: first');
    expect(reasonOf('text')).toBe('text');
  });
});

describe('a password', () => {
  const GOOD = 'f3b1c0a9d8e7';
  const db = (host: string, password: string) => `mysql://jj:${password}@${host}:3306/jiejian`;
  const redis = (host: string, password = '') => `redis://${password === '' ? '' : `:${password}@`}${host}:6379`;

  it.each([
    [db('db.example.com', GOOD), redis('10.0.0.2', GOOD), []],
    [db('db.example.com', 'jiejian'), redis('127.0.0.1'), ['database default network']],
    [db('mariadb', 'jiejian'), redis('redis'), ['database default machine']],
    [db('10.0.0.1', GOOD), redis('10.0.0.2'), ['redis none network']],
    [db('127.0.0.1', ''), redis('127.0.0.1'), ['database none machine']],
    [db('10.0.0.1', GOOD), `redis+sentinel://:123456@a.example:26379,b.example:26379/m`, ['redis default network']],
    [db('10.0.0.1', 'change%2Dme'), redis('localhost'), ['database default network']],
  ])('of %s and %s', (databaseUrl, redisUrl, found) => {
    const weak = weakPasswords(databaseUrl, redisUrl);
    expect(weak.map(({ service, is, reach }) => `${service} ${is} ${reach}`)).toEqual(found);
  });
});
