import type { z } from 'zod';
import type { TrustProxy } from './config-fields.js';
import type { EnvironmentName } from './domain/environment-names.js';
import type { Language, Text } from './domain/text.js';
import { ENVIRONMENT, type LogLevel, ROLES, type Role, type VariableName, variableFacts } from './environment.js';

export type { TrustProxy } from './config-fields.js';
export type { Role } from './environment.js';

/** The configuration of one process, frozen. `embedded`: neither URL is set, Jiejian runs its own servers. */
export interface Config {
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  readonly secretKey: string | null;
  readonly previousSecretKey: string | null;
  readonly embedded: boolean;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly environmentName: EnvironmentName;
  readonly roles: readonly Role[];
  readonly logLevel: LogLevel;
  readonly trustProxy: TrustProxy;
  readonly safeMode: boolean;
  readonly metricsPort: number | null;
  readonly otlpEndpoint: string | null;
  readonly dataName: string;
  readonly correctionLimitFen: number;
}

export interface ConfigProblem {
  readonly name: VariableName;
  readonly why: Text;
  /** What was there; of secrets only `set` or `unset`. */
  readonly got: string;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

type Environment = z.output<typeof ENVIRONMENT>;
type Clash = readonly [VariableName, Text] | false;

/** Rules between variables. Only what each of them allows by itself gets here. */
function clashes(env: Environment, isSet: (name: VariableName) => boolean): Clash[] {
  const [database, redis] = [isSet('DATABASE_URL'), isSet('REDIS_URL')];
  return [
    database !== redis && [
      database ? 'REDIS_URL' : 'DATABASE_URL',
      {
        zh: `已设置 ${database ? 'DATABASE_URL' : 'REDIS_URL'}，两者须同时设置，或都不设置（使用内置服务）`,
        en: `${database ? 'DATABASE_URL' : 'REDIS_URL'} is set: set both, or neither for the embedded services`,
      },
    ],
    env.ROLES !== undefined &&
      env.ROLES.length < ROLES.length &&
      !(database && redis) && [
        'ROLES',
        {
          zh: '分角色运行需要同时设置 DATABASE_URL 和 REDIS_URL，内置服务只能由一个进程运行全部角色',
          en: 'running some of the roles needs DATABASE_URL and REDIS_URL; with the embedded services one process runs all',
        },
      ],
    database &&
      redis &&
      !isSet('SECRET_KEY') && [
        'SECRET_KEY',
        {
          zh: '使用自己的服务时必填，可用 openssl rand -base64 32 生成',
          en: 'is required with your own services; make one with: openssl rand -base64 32',
        },
      ],
    env.METRICS_PORT !== undefined &&
      env.METRICS_PORT !== null &&
      env.METRICS_PORT === env.PORT && [
        'METRICS_PORT',
        { zh: '不能与 PORT 相同', en: 'must not be the same as PORT: metrics are never public' },
      ],
  ];
}

function shown(name: VariableName, raw: string | undefined): string {
  const isSet = raw !== undefined && raw.trim() !== '';
  if (!isSet) return 'unset';
  return variableFacts(name).secret ? 'set' : JSON.stringify(raw);
}

/** Reads the environment. All problems come at once; the caller ends with exit code 78. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const problems: ConfigProblem[] = [];
  const parsed: Partial<Record<VariableName, unknown>> = {};
  for (const name of Object.keys(ENVIRONMENT.shape) as VariableName[]) {
    const result = ENVIRONMENT.shape[name].safeParse(env[name]);
    if (result.success) parsed[name] = result.data;
    else {
      const issue = result.error.issues[0];
      const reason = issue?.code === 'custom' ? (issue.params?.why as Text | undefined) : undefined;
      const text = issue?.message ?? 'is not valid';
      problems.push({ name, why: reason ?? { zh: text, en: text }, got: shown(name, env[name]) });
    }
  }
  const e = parsed as Environment;
  for (const clash of clashes(e, (name) => shown(name, env[name]) !== 'unset')) {
    if (clash) problems.push({ name: clash[0], why: clash[1], got: shown(clash[0], env[clash[0]]) });
  }
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    config: Object.freeze({
      databaseUrl: e.DATABASE_URL,
      redisUrl: e.REDIS_URL,
      secretKey: e.SECRET_KEY,
      previousSecretKey: e.SECRET_KEY_PREVIOUS,
      embedded: e.DATABASE_URL === null,
      host: e.HOST,
      port: e.PORT,
      publicUrl: e.PUBLIC_URL,
      environmentName: e.ENVIRONMENT_NAME ?? (e.DATABASE_URL === null ? 'local' : 'production'),
      roles: e.ROLES,
      logLevel: e.LOG_LEVEL,
      trustProxy: e.TRUST_PROXY,
      safeMode: e.SAFE_MODE,
      metricsPort: e.METRICS_PORT,
      otlpEndpoint: e.OTEL_EXPORTER_OTLP_ENDPOINT,
      dataName: e.JIEJIAN_DATA,
      correctionLimitFen: e.CORRECTION_LIMIT_FEN,
    }),
  };
}

/** `PORT: must be a port, 0 to 65535 (got "http")`. */
export function describeProblem(problem: ConfigProblem, language: Language = 'en'): string {
  return `${problem.name}: ${problem.why[language]} (got ${problem.got})`;
}
