/**
 * `npm run demo`: starts servers, the twins of a platform and its couriers, and the product; sends a day of refunds
 * through the real doors; counts what became of each and checks the numbers against the twins' own books.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MissingServerError } from '../../src/embedded/binaries.js';
import { Children } from './children.js';
import { DemoFailed } from './demo-failed.js';
import { fill, languageOf, SAY, type Sentence } from './labels.js';
import { type DemoOptions, readOptions } from './options.js';
import { ProgressDisplay } from './progress.js';
import { renderTable } from './render.js';
import { type Demo, type Places, runDemo, type Say } from './run.js';
import { type DemoServers, demoServers } from './servers.js';

const DIST = fileURLToPath(new URL('../../', import.meta.url));
const PLACES: Places = { cli: join(DIST, 'src/cli.js'), sandbox: join(DIST, 'sandbox') };
const DATA = fileURLToPath(new URL('../../../.data/', import.meta.url));

const EXIT_BALANCED = 0;
const EXIT_FAILED = 1;
const EXIT_CONFIGURATION = 78;
const EXIT_INTERRUPTED = 130;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const language = languageOf(process.env);
const print = (line: string) => process.stderr.write(`${line}\n`);
const say: Say = (sentence, words = {}) => print(fill(SAY[sentence][language], words));

/** Faults of the machine's set-up, as `jiejian start` ends on them. */
const OF_THE_SETUP: ReadonlySet<Sentence> = new Set<Sentence>(['halfSet', 'notEmpty', 'redisForm', 'redisFull']);

class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Settles at the first signal; later ones change nothing, since everything is ending already. */
function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve());
  });
}

/** Runs the demo, and ends everything it started in the end, whatever happened. Gives the exit code. */
async function main(options: DemoOptions): Promise<number> {
  const children = new Children();
  const progress = new ProgressDisplay(process.stderr);
  const signal = firstSignal();
  const interrupted = signal.then((): never => {
    throw new Interrupted();
  });
  interrupted.catch(() => undefined);
  // A wait for a signal does not keep a process alive.
  const awake = setInterval(() => undefined, 60_000);
  let servers: Promise<DemoServers> | null = null;
  try {
    say('startingServers');
    servers = demoServers(DATA, process.env, print);
    const started = servers.then((ready) =>
      runDemo({ options, language, places: PLACES, servers: ready, children, say, progress }),
    );
    const demo = await Promise.race([started, children.died, interrupted]);
    process.stdout.write(options.json ? `${JSON.stringify(demo.table, null, 2)}\n` : renderTable(demo.table, language));
    if (!options.exit) await stayUp(demo, signal, children);
    return demo.table.balanced ? EXIT_BALANCED : EXIT_FAILED;
  } catch (error) {
    return explained(error);
  } finally {
    progress.close();
    say('stopping');
    await children.stopAll();
    // Servers that did not start have said so already.
    const ready = await servers?.catch(() => null);
    await ready?.stop().catch((error: unknown) => print(messageOf(error)));
    clearInterval(awake);
  }
}

async function stayUp({ url, login, folder }: Demo, signal: Promise<void>, children: Children): Promise<void> {
  say('staysUp', { url, ...login, folder });
  await Promise.race([signal, children.died]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Says why there is no table; gives the exit code. */
function explained(error: unknown): number {
  if (error instanceof Interrupted) return EXIT_INTERRUPTED;
  if (error instanceof DemoFailed) {
    say(error.sentence, error.words);
    if (error.detail !== '') print(error.detail);
    return OF_THE_SETUP.has(error.sentence) ? EXIT_CONFIGURATION : EXIT_FAILED;
  }
  if (error instanceof MissingServerError) {
    print(error[language]);
    return EXIT_CONFIGURATION;
  }
  print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT_FAILED;
}

const asked = readOptions(process.argv.slice(2));
process.exit('exitCode' in asked ? asked.exitCode : await main(asked.run));
