import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { CARRIER_SLUGS, type Carrier } from '../../sandbox/scenario-couriers.js';
import { PLATFORM_SLUGS, type Platform } from '../../sandbox/scenario-platforms.js';

export interface DemoOptions {
  /** End by itself, with exit code 0 only if the numbers balance. */
  readonly exit: boolean;
  /** After-sales, each with one first event; some are followed by more. */
  readonly events: number;
  /** First events a second. */
  readonly rate: number;
  readonly seed: number;
  readonly json: boolean;
  readonly platforms: readonly Platform[];
  readonly carriers: readonly Carrier[];
}

/** What the command line asks for: a demo, or an end with this exit code (help 0, wrong usage 2). */
export type Asked = { readonly run: DemoOptions } | { readonly exitCode: number };

const EXIT_USAGE = 2;
const MOST_EVENTS = 100_000;
const MOST_PER_SECOND = 300;

/** 2,000 events take about a minute on two cores. */
const DEFAULTS = { events: 500, rate: 20, seed: 1 } as const;

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

function rateOf(text: string): number {
  const value = /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0.1 && value <= MOST_PER_SECOND) return value;
  throw new InvalidArgumentError(`It must be a number from 0.1 to ${MOST_PER_SECOND}.`);
}

/** Some of the known names, each once, in their usual order. */
function namesFrom<N extends string>(known: readonly N[]) {
  return (text: string): readonly N[] => {
    const asked = text.split(',').map((name) => name.trim());
    const strange = asked.find((name) => !known.some((one) => one === name));
    if (strange !== undefined) throw new InvalidArgumentError(`"${strange}" is none of ${known.join(', ')}.`);
    return known.filter((name) => asked.includes(name));
  };
}

type Given = Omit<DemoOptions, 'platforms' | 'carriers'> & {
  readonly platform?: readonly Platform[];
  readonly carrier?: readonly Carrier[];
};

/** Reads the words after the program's name. Help and complaints go to the terminal as commander writes them. */
export function readOptions(words: readonly string[]): Asked {
  const program = new Command('npm run demo --')
    .description(
      'Runs Jiejian with its own database, courier twins and a platform twin, sends real signed after-sales events and ' +
        'shows what became of each.\n运行截件、内置数据库、快递与平台模拟器，发送真实签名的售后事件，并核对每一笔的结果。',
    )
    .option('--exit', 'end by itself; exit code 0 only if the numbers balance', false)
    .option('--events <n>', 'after-sales to send', wholeNumber(1, MOST_EVENTS), DEFAULTS.events)
    .option('--rate <r>', 'events per second', rateOf, DEFAULTS.rate)
    .option('--seed <s>', 'same seed, same day of refunds', wholeNumber(0, Number.MAX_SAFE_INTEGER), DEFAULTS.seed)
    .option('--platform <list>', 'only these platforms, with commas between', namesFrom(PLATFORM_SLUGS))
    .option('--carrier <list>', 'only these couriers, with commas between', namesFrom(CARRIER_SLUGS))
    .option('--json', 'print the result as one JSON object', false)
    .allowExcessArguments(false)
    .exitOverride();
  try {
    const { platform, carrier, ...rest } = program.parse(words, { from: 'user' }).opts<Given>();
    return { run: { ...rest, platforms: platform ?? PLATFORM_SLUGS, carriers: carrier ?? CARRIER_SLUGS } };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode === 0 ? 0 : EXIT_USAGE };
  }
}
