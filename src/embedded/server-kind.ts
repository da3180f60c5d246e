import { readFileSync, statSync } from 'node:fs';

/** Names and passwords a server is set up with. */
export interface Credentials {
  user: string;
  password: string;
  redisPassword: string;
}

/** What differs between the two servers; services.ts does the rest. */
export interface ServerKind {
  readonly label: 'Redis' | 'MariaDB';
  readonly logFile: string;
  /** Makes the data folder and configuration files; cheap when they exist. */
  prepare(): Promise<void>;
  /** Program and arguments to listen on 127.0.0.1:port. */
  command(port: number): readonly string[];
  url(port: number): string;
  /** Resolves when the server answers a real request with our password, rejects otherwise. */
  ping(port: number): Promise<void>;
}

/** The last lines of a server's log, for messages about a failed start. */
export function logTail(file: string, lines = 15): string {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return '(no log)';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
