import { INTERCEPT_STATES, type InterceptState } from '../domain/intercept/machine.js';
import { REPLAY_CLASSES, type ReplayClass } from '../domain/replay/classify.js';
import type { ReplayFilter } from '../domain/store/replay-preview.js';
import { readReplay } from '../domain/store/replay-reader.js';
import { abortReplay, createReplay, type Replay } from '../domain/store/replay-store.js';
import { loadSettings } from '../domain/store/settings-store.js';
import type { Text } from '../domain/text.js';
import { runReplayPage } from '../producers/replay.js';
import { BOOK } from '../system.js';
import { type ServiceOptions, type Workplace, withDatabase } from './attach.js';
import { JSON_OPTION, misused, newCommand, type Place } from './command.js';
import { EXIT, type Io, printJson, printLine, printTable } from './io.js';
import { barProgress } from './progress.js';
import { Signals } from './signals.js';

interface Options extends ServiceOptions {
  readonly state?: string;
  readonly carrier?: string;
  readonly shop?: string;
  readonly reason?: string;
  readonly since?: string;
  readonly until?: string;
  readonly name?: string;
  readonly execute?: boolean;
  readonly json?: boolean;
}

const CLASS_TEXTS = {
  willSend: { zh: '将发送', en: 'will send' },
  readBackFirst: { zh: '先向快递查询', en: 'read back first' },
  alreadyIntercepted: { zh: '已拦截', en: 'already intercepted' },
  delivered: { zh: '已签收', en: 'delivered' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
  refusedForGood: { zh: '快递永久拒绝', en: 'refused for good' },
  other: { zh: '其他', en: 'other' },
} as const satisfies Record<ReplayClass, Text>;

function momentOf(option: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  // A day or a time with its zone; without one it would mean another moment on every machine.
  const isMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const at = new Date(text.length === 10 ? `${text}T00:00:00+08:00` : text);
  if (isMoment && !Number.isNaN(at.getTime())) return at;
  throw misused(
    `${option} 须为 2026-11-01 或 2026-11-01T08:00:00+08:00`,
    `${option} must look like 2026-11-01 or 2026-11-01T08:00:00+08:00`,
  );
}

function filterOf(options: Options): ReplayFilter {
  const isState = (word: string): word is InterceptState => INTERCEPT_STATES.some((state) => state === word);
  const { state } = options;
  if (state !== undefined && !isState(state)) {
    throw misused(
      `--state 须为：${INTERCEPT_STATES.join(' ')}`,
      `--state must be one of: ${INTERCEPT_STATES.join(' ')}`,
    );
  }
  return {
    state,
    carrier: options.carrier,
    shopId: options.shop,
    reason: options.reason,
    since: momentOf('--since', options.since),
    until: momentOf('--until', options.until),
  };
}

function printPreview(io: Io, replay: Replay): void {
  printTable(
    io,
    [
      { zh: '类别', en: 'class' },
      { zh: '数量', en: 'count' },
    ],
    [
      ...REPLAY_CLASSES.map((name) => [CLASS_TEXTS[name][io.language], String(replay.preview[name])]),
      [{ zh: '合计', en: 'total' }[io.language], String(replay.total)],
    ],
  );
  const yuan = (replay.feeEstimateFen / 100).toFixed(2);
  printLine(io, { zh: `预计费用（全部成功）：${yuan} 元`, en: `Fees if all of them succeed: CNY ${yuan}` });
}

/** Works the replay off here, beside any scheduler that does the same, until it has ended. Ctrl-C aborts it. */
async function workOff(io: Io, { db, secrets }: Workplace, replay: Replay): Promise<Replay> {
  const settings = await loadSettings(db, secrets);
  const deps = { db, env: () => ({ settings, book: BOOK }), now: io.now, log: () => undefined };
  const progress = barProgress(io, { zh: '重放', en: 'replay' }, replay.toDo);
  const signals = new Signals();
  const aborted = signals.first.then(() => abortReplay(db, replay.id, io.actor, io.now()));
  aborted.catch(() => undefined);
  try {
    for (;;) {
      await runReplayPage(deps, replay);
      const now = (await readReplay(db, replay.id, null)) ?? replay;
      progress.at(now.done);
      if (now.state !== 'running') return now;
    }
  } finally {
    progress.done();
    signals.release();
  }
}

const shown = ({ createdAt, finishedAt, ...replay }: Replay) => ({
  ...replay,
  createdAt: createdAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
});

async function replayAll(io: Io, place: Workplace, options: Options): Promise<Replay> {
  const settings = await loadSettings(place.db, place.secrets);
  const order = {
    name: options.name ?? `cli ${io.now().toISOString().slice(0, 16)}`,
    filter: filterOf(options),
    dryRun: options.execute !== true,
    actor: io.actor,
    shops: null,
  };
  const id = await createReplay(place.db, { settings, book: BOOK }, order, io.now());
  const made = await readReplay(place.db, id, null);
  if (!made) throw new Error(`replay ${id} is not there after its insert`);
  if (!options.json) printPreview(io, made);
  return options.execute ? workOff(io, place, made) : made;
}

function printEnd(io: Io, replay: Replay): void {
  const counts = Object.entries(replay.outcomes).map(([outcome, n]) => `${outcome} ${n}`);
  const list = counts.join(', ') || '0';
  if (replay.state === 'previewed') {
    printLine(io, { zh: '以上为预览，未做修改；加 --execute 执行。', en: 'This was a preview; --execute does it.' });
  } else if (replay.state === 'aborted') {
    printLine(io, { zh: `重放 ${replay.id} 已中止：${list}`, en: `Replay ${replay.id} was aborted: ${list}` });
  } else printLine(io, { zh: `重放 ${replay.id} 已完成：${list}`, en: `Replay ${replay.id} is done: ${list}` });
}

/** `jiejian replay [--state S] … [--execute]`: preview by class, or run it as a named, abortable batch. */
export function replayCommand({ program, io, end }: Place): void {
  const words = (zh: string, en: string) => ({ zh, en })[io.language];
  newCommand(program, io, 'replay', {
    zh: '重放拦截：预览将发生什么，加 --execute 执行',
    en: 'Let intercepts go again: preview by class, --execute does it',
  })
    .option('--state <state>', INTERCEPT_STATES.join('|'))
    .option('--carrier <carrier>', words('快递公司，或平台的原始代码', 'courier, or the platform’s own code'))
    .option('--shop <id>', words('店铺', 'shop'))
    .option('--reason <reason>', words('原因代码或规则号，如 R17', 'reason code, or the number of a rule: R17'))
    .option('--since <time>', words('创建时间起', 'created at or after'))
    .option('--until <time>', words('创建时间止（不含）', 'created before'))
    .option('--name <name>', words('批次名称', 'name of the batch'))
    .option('--execute', words('执行，直到完成；Ctrl-C 中止', 'do it, until it is done; Ctrl-C aborts it'))
    .option('--json', JSON_OPTION[io.language])
    .action(async (options: Options) => {
      const replay = await withDatabase(io, options, (place) => replayAll(io, place, options));
      if (options.json) printJson(io, shown(replay));
      else printEnd(io, replay);
      end(replay.failed > 0 || replay.state === 'aborted' ? EXIT.failed : EXIT.ok);
    });
}
