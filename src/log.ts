import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './environment.js';

/** Fields that hold what opens something, wherever in an entry they stand at the top or one level down. */
const SECRET_FIELDS = [
  'password',
  'passwordHash',
  'secret',
  'secretKey',
  'appSecret',
  'accessToken',
  'refreshToken',
  'token',
  'authorization',
  'cookie',
  'credentials',
];

/**
 * The log: one line of JSON for each event, whatever stands in it (S21), to be read by machines. Fields named after
 * secrets are blanked, should anybody ever pass one (S20).
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  const paths = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]);
  const options = { level, base: { app: 'jiejian' }, redact: { paths, censor: '***' } };
  return destination ? pino(options, destination) : pino(options);
}
