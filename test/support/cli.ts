import { Readable, Writable } from 'node:stream';
import type { ExitCode, Io } from '../../src/cli/io.js';
import { runCli } from '../../src/cli/run.js';

export interface CommandRun {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** The answer of a command that was asked for `--json`. */
  json(): unknown;
}

export interface CommandWorld {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly language?: Io['language'];
}

/** Runs one command line in this process, in an environment of its own. */
export async function jiejian(words: readonly string[], world: CommandWorld = {}): Promise<CommandRun> {
  const out: string[] = [];
  const err: string[] = [];
  const stderr = new Writable({
    write(chunk, _encoding, done) {
      err.push(String(chunk));
      done();
    },
  });
  const code = await runCli(words, {
    env: world.env ?? {},
    stdin: Readable.from([world.stdin ?? '']),
    stdout: { write: (text) => out.push(text) },
    stderr,
    language: world.language ?? 'en',
    actor: 'cli:test',
    now: () => new Date(),
    version: '0.0.0-test',
  });
  const stdout = out.join('');
  return { code, stdout, stderr: err.join(''), json: () => JSON.parse(stdout) as unknown };
}
