import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { transformFile } from '@swc/core';

const ROOT = resolve(__dirname, '../..');
const SANDBOX = join(ROOT, 'sandbox');

let compiled: Promise<string> | undefined;

/** The twins as programs, compiled from the sources as they are now: a test of a real process must not run an old build. */
export function compiledSandbox(): Promise<string> {
  compiled ??= compile(join(ROOT, '.data', 'test', `sandbox-${process.pid}`));
  return compiled;
}

/** To be called in afterAll by whoever called compiledSandbox or startTwinProcess. */
export async function removeCompiledSandbox(): Promise<void> {
  if (compiled !== undefined) await rm(await compiled, { recursive: true, force: true });
  compiled = undefined;
}

async function compile(target: string): Promise<string> {
  const names = await readdir(SANDBOX, { recursive: true });
  await Promise.all(
    names
      .filter((name) => name.endsWith('.ts'))
      .map(async (name) => {
        const { code } = await transformFile(join(SANDBOX, name), {
          jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
          module: { type: 'es6' },
        });
        const file = join(target, name.replace(/\.ts$/, '.js'));
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, code);
      }),
  );
  await writeFile(join(target, 'package.json'), '{"type":"module"}');
  return target;
}

export interface TwinProcess {
  readonly baseUrl: string;
  readonly pid: number;
  readonly child: ChildProcessWithoutNullStreams;
  /** Sends the signal and waits for the end; the exit code, or null after a kill. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Starts `sandbox/<program>/main` as a process of its own and waits for its ready line. */
export async function startTwinProcess(program: string, args: readonly string[]): Promise<TwinProcess> {
  const main = join(await compiledSandbox(), program, 'main.js');
  const child = spawn(process.execPath, [main, ...args], { stdio: 'pipe' });
  const complaints: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  const exited = once(child, 'close');
  const failed = exited.then(([code]) => Promise.reject(new Error(`ended with ${code}: ${Buffer.concat(complaints)}`)));
  const ready = await Promise.race([firstLine(child), failed]);
  const { port, pid }: { port: number; pid: number } = JSON.parse(ready);
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    pid,
    child,
    end: async (signal) => {
      child.kill(signal);
      const [code] = await exited;
      return code;
    },
  };
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  const [line]: string[] = await once(createInterface({ input: child.stdout }), 'line');
  return line ?? '';
}
