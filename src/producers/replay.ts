import type { Database } from '../domain/store/database.js';
import type { JudgeEnv } from '../domain/store/judgement.js';
import {
  finishReplay,
  openItems,
  type RunningReplay,
  runItem,
  runningReplays,
  takeAllowance,
} from '../domain/store/replay-store.js';

/** Items of one replay taken at a time: between pages another replay gets its turn, and a stop is heard. */
const PAGE = 40;
const SIDE_BY_SIDE = 4;

export interface ReplayDeps {
  readonly db: Database;
  readonly env: () => JudgeEnv;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

/** Works one page of a replay off, as far as its rate allows. true: there may be more to do at once. */
export async function runReplayPage(deps: ReplayDeps, replay: RunningReplay): Promise<boolean> {
  const allowed = await takeAllowance(deps.db, replay, PAGE, deps.now());
  const left = await openItems(deps.db, replay.id, Math.max(1, allowed));
  if (left.length === 0) {
    if (await finishReplay(deps.db, replay.id, deps.now())) deps.log('replay.done', { id: replay.id });
    return false;
  }
  if (allowed === 0) return false;
  const next = async () => {
    for (let seq = left.shift(); seq !== undefined; seq = left.shift()) {
      await runItem(deps.db, deps.env(), replay, seq, deps.now());
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
  return true;
}

/** One page of every replay that runs. true: there may be more to do. Any number of runners may do this. */
export async function runReplays(deps: ReplayDeps): Promise<boolean> {
  let more = false;
  for (const replay of await runningReplays(deps.db)) more = (await runReplayPage(deps, replay)) || more;
  return more;
}
