import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Children } from './children.js';
import { configurationYaml } from './configuration.js';
import { gatherFacts } from './gather.js';
import { type Language, SAY, type Sentence, type Words } from './labels.js';
import type { DemoOptions } from './options.js';
import { planDemo } from './plan.js';
import { type Login, prepareProduct } from './product.js';
import type { ProgressDisplay } from './progress.js';
import { loadTwins, sendEvents } from './send.js';
import type { DemoServers } from './servers.js';
import { type DemoTable, demoTable } from './table.js';
import { startTwins } from './twins.js';
import { PATIENCE_MS, untilRefunded, untilSettled } from './watch.js';

/** One of the demo's sentences with its words filled in, for whoever watches. */
export type Say = (sentence: Sentence, words?: Words) => void;

/** Where the compiled product and the compiled twins are. */
export interface Places {
  readonly cli: string;
  readonly sandbox: string;
}

export interface DemoInput {
  readonly options: DemoOptions;
  readonly language: Language;
  readonly places: Places;
  readonly servers: DemoServers;
  readonly children: Children;
  readonly say: Say;
  readonly progress: ProgressDisplay;
}

/** A demo that has come to its table; everything is still up. */
export interface Demo {
  readonly table: DemoTable;
  readonly url: string;
  readonly login: Login;
  readonly folder: string;
}

/** From empty servers to the table, through the same doors as a seller and a platform use. */
export async function runDemo({
  options,
  language,
  places,
  servers,
  children,
  say,
  progress,
}: DemoInput): Promise<Demo> {
  const { folder } = servers;
  const { seed, rate } = options;
  const plan = planDemo(options);
  say('startingTwins', { platforms: plan.platforms.length, couriers: plan.couriers.length });
  const twins = await startTwins(children, places.sandbox, folder, seed, plan);
  say('configuring');
  const product = await prepareProduct(servers, places.cli);
  const configuration = join(folder, 'configuration.yaml');
  writeFileSync(configuration, configurationYaml(plan, twins, product.baseUrl), { mode: 0o600 });
  await product.command(['migrate']);
  await product.command(['apply', configuration]);
  const login = await product.addAdmin();
  const api = await product.openApi();
  say('startingProduct');
  await product.start(children, folder);

  await loadTwins(twins, plan, product.baseUrl);
  const events = plan.days.flatMap(({ cases }) => cases.flatMap((one) => one.events)).length;
  say('sending', { events, rate });
  const startedAt = Date.now();
  const sent = await sendEvents(twins, plan, product.baseUrl, (total) =>
    progress.start(SAY.eventsBar[language], total),
  );
  const settling = progress.start(SAY.endsBar[language], plan.expected.length);
  const waited = await untilSettled(api, plan.expected, settling);
  settling.stop();
  const refunding = progress.start(SAY.refundsBar[language], plan.expected.length);
  await untilRefunded(api, refunding);
  refunding.stop();
  if (!waited.settled) say('nothingMoves', { seconds: PATIENCE_MS / 1000 });

  say('checking');
  const facts = await gatherFacts(product, api, twins, plan, sent);
  const seconds = Math.round((waited.lastMovedAt - startedAt) / 1000);
  const table = demoTable(facts, { seed, ratePerSecond: rate, shops: plan.shops.length, seconds });
  return { table, url: product.baseUrl, login, folder };
}
