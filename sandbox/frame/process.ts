import { type ParseArgsConfig, parseArgs } from 'node:util';
import { z } from 'zod';
import { type RunningTwin, startTwin } from './run.js';
import type { Twin, TwinContext } from './twin.js';

const EXIT_BROKEN = 1;
const EXIT_USAGE = 2;

const FRAME_OPTIONS = {
  port: { type: 'string', default: '0' },
  ledger: { type: 'string' },
  seed: { type: 'string', default: '1' },
  'time-scale': { type: 'string', default: '1' },
  'end-with-parent': { type: 'boolean', default: false },
} as const satisfies NonNullable<ParseArgsConfig['options']>;

const FRAME_VALUES = z.object({
  port: z.coerce.number().int().min(0).max(65_535),
  ledger: z.string({ error: '--ledger FILE is required' }).min(1),
  seed: z.coerce.number().int(),
  'time-scale': z.coerce.number().positive(),
  'end-with-parent': z.boolean(),
});

export interface TwinProgram<S extends z.ZodType> {
  /** The twin's own options, as node:util's parseArgs wants them. */
  readonly options: NonNullable<ParseArgsConfig['options']>;
  readonly schema: S;
  build(context: TwinContext, values: z.output<S>): Twin;
}

/**
 * A twin as a process: one JSON line on stdout when it listens, ends on SIGTERM and SIGINT (0), with its parent if asked
 * to, on wrong options (2), and when the ledger cannot be written (1): an answer without a line would be a lie.
 */
export async function runTwin<S extends z.ZodType>(argv: readonly string[], program: TwinProgram<S>): Promise<void> {
  const given = readOptions(argv, program);
  if (given === undefined) return;
  const { frame, own } = given;
  const running = await startTwin((context) => program.build(context, own), {
    port: frame.port,
    ledgerFile: frame.ledger,
    seed: frame.seed,
    timeScale: frame['time-scale'],
    onBroken: (cause) => {
      console.error(cause);
      process.exit(EXIT_BROKEN);
    },
  });
  endOrderly(running, frame['end-with-parent']);
  process.stdout.write(`${JSON.stringify({ ready: true, port: running.port, pid: process.pid })}\n`);
}

function readOptions<S extends z.ZodType>(argv: readonly string[], program: TwinProgram<S>) {
  try {
    const { values } = parseArgs({ args: [...argv], options: { ...FRAME_OPTIONS, ...program.options }, strict: true });
    return { frame: FRAME_VALUES.parse(values), own: program.schema.parse(values) };
  } catch (cause) {
    const message = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    console.error(message);
    process.exitCode = EXIT_USAGE;
    return undefined;
  }
}

function endOrderly(running: RunningTwin, withParent: boolean): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    running.close().then(
      () => process.exit(0),
      (cause: unknown) => {
        console.error(cause);
        process.exit(EXIT_BROKEN);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (!withParent) return;
  process.stdin.on('end', end);
  process.stdin.on('close', end);
  process.stdin.resume();
}
