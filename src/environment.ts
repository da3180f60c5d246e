import { z } from 'zod';
import {
  flag,
  httpUrl,
  matching,
  mysqlUrl,
  oneOf,
  port,
  publicUrl,
  type Read,
  type TrustProxy,
  trustProxy,
  type VariableFacts,
  value,
  variable,
  wholeFen,
  why,
} from './config-fields.js';
import { ENVIRONMENT_NAMES, type EnvironmentName } from './domain/environment-names.js';
import { parseSecretKey } from './domain/secrets/secret-key.js';
import type { Text } from './domain/text.js';
import { parseRedisUrl, REDIS_URL_FORMS } from './redis.js';

export const ROLES = ['web', 'worker', 'scheduler'] as const;
export type Role = (typeof ROLES)[number];

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** `all`, or a comma list. */
function roles(text: string): Read<readonly Role[]> {
  if (text === 'all') return value(ROLES);
  const names = text.split(',').map((name) => name.trim());
  const asked = ROLES.filter((role) => names.includes(role));
  return names.every((name) => asked.some((role) => role === name))
    ? value(asked)
    : why(`必须是 all，或 ${ROLES.join('、')} 的组合`, `must be all, or some of ${ROLES.join(',')}`);
}

const checked =
  (parse: (text: string) => { readonly ok: true } | { readonly ok: false; readonly why: Text }) =>
  (text: string): Read<string> => {
    const parsed = parse(text);
    return parsed.ok ? value(text) : { why: parsed.why };
  };

/** The environment (contract section 3): the one place that knows its variables, in the order `.env.example` shows them. */
export const ENVIRONMENT = z.object({
  DATABASE_URL: variable<string | null>(
    {
      zh: 'MySQL 8 或 MariaDB 10.6 以上。与 REDIS_URL 同时设置；都不设置则使用内置服务',
      en: 'MySQL 8 or MariaDB 10.6 and newer. Set it together with REDIS_URL; with neither the embedded services run',
      example: 'mysql://jiejian:password@127.0.0.1:3306/jiejian',
      secret: true,
    },
    null,
    mysqlUrl,
  ),
  REDIS_URL: variable<string | null>(
    {
      zh: `Redis 6.2 以上，maxmemory-policy 必须为 noeviction。${REDIS_URL_FORMS}`,
      en: `Redis 6.2 and newer with maxmemory-policy noeviction. ${REDIS_URL_FORMS}`,
      example: 'redis://127.0.0.1:6379',
      secret: true,
    },
    null,
    checked(parseRedisUrl),
  ),
  SECRET_KEY: variable<string | null>(
    {
      zh: '32 字节 base64，加密凭证和个人信息。使用自己的服务时必填：openssl rand -base64 32',
      en: '32 bytes, base64; encrypts credentials and personal data. Required with your own services: openssl rand -base64 32',
      secret: true,
    },
    null,
    checked(parseSecretKey),
  ),
  SECRET_KEY_PREVIOUS: variable<string | null>(
    {
      zh: '更换密钥时的旧密钥：旧密钥加密的内容仍可读取，运行 jiejian secrets rotate 后删除此项',
      en: 'The key before, while keys are changed: what it sealed still opens. Unset it after: jiejian secrets rotate',
      secret: true,
    },
    null,
    checked(parseSecretKey),
  ),
  HOST: variable(
    { zh: '监听地址', en: 'Address to listen on' },
    '127.0.0.1',
    matching(/^[\w.:-]+$/, '必须是地址或主机名', 'must be an address or a host name'),
  ),
  PORT: variable({ zh: '监听端口，0 为任意空闲端口', en: 'Port to listen on; 0 takes any free one' }, 3000, port(0)),
  PUBLIC_URL: variable<string | null>(
    {
      zh: '管理页面的外部地址，https 时使用安全 Cookie',
      en: 'Where people reach the admin pages; with https the login cookie is a secure one',
      example: 'https://jiejian.example.com',
    },
    null,
    publicUrl,
  ),
  ENVIRONMENT_NAME: variable<EnvironmentName | null>(
    {
      zh: `管理页面上显示的环境：${ENVIRONMENT_NAMES.join('、')}。默认：内置服务为 local，否则为 production`,
      en: `Which installation this is, shown on every admin page: ${ENVIRONMENT_NAMES.join(', ')}. Unset: local with the embedded services, else production`,
      example: 'staging',
    },
    null,
    oneOf(ENVIRONMENT_NAMES),
  ),
  ROLES: variable<readonly Role[]>(
    {
      zh: `本进程的角色：all，或 ${ROLES.join(',')} 的组合`,
      en: `What this process does: all, or some of ${ROLES.join(',')}`,
      example: 'all',
    },
    ROLES,
    roles,
  ),
  LOG_LEVEL: variable<LogLevel>(
    { zh: `日志级别：${LOG_LEVELS.join('、')}`, en: `How much is logged: ${LOG_LEVELS.join(', ')}` },
    'info',
    oneOf(LOG_LEVELS),
  ),
  TRUST_PROXY: variable<TrustProxy>(
    { zh: '前置代理的层数，或代理的地址列表', en: 'How many proxies stand in front, or a list of their addresses' },
    false,
    trustProxy,
  ),
  SAFE_MODE: variable(
    { zh: '安全模式：只查询，不发送任何指令', en: 'Queries only: nothing is sent to a courier or a platform' },
    false,
    flag,
  ),
  METRICS_PORT: variable<number | null>(
    { zh: 'Prometheus 指标端口，不设置则关闭', en: 'Port of /metrics for Prometheus; off unless set', example: '9464' },
    null,
    port(1),
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable<string | null>(
    {
      zh: 'OpenTelemetry 收集器地址，不设置则关闭',
      en: 'Address of an OpenTelemetry collector; off unless set',
      example: 'http://127.0.0.1:4318',
    },
    null,
    httpUrl,
  ),
  CORRECTION_LIMIT_FEN: variable(
    {
      zh: '一个人可以更正的费用差额上限（分）；超过须两人。0 表示总是两人',
      en: 'The most by which one person alone may correct a fee, fen; more takes two people. 0: always two',
    },
    1_000,
    wholeFen,
  ),
  JIEJIAN_DATA: variable(
    {
      zh: '内置服务的数据目录名，位于 .data/ 下',
      en: 'Name of the data folder of the embedded services, below .data/',
    },
    'main',
    matching(/^[a-z0-9][a-z0-9_-]{0,31}$/, '必须是 main 这样的目录名', 'must be the name of a folder, such as main'),
  ),
});

export type VariableName = keyof typeof ENVIRONMENT.shape;

/** What a variable is for, and what it is when unset. */
export function variableFacts(name: VariableName): VariableFacts & { readonly fallback: unknown } {
  const meta = ENVIRONMENT.shape[name].meta() as { facts: VariableFacts; fallback: unknown };
  return { ...meta.facts, fallback: meta.fallback };
}
