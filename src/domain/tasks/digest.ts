import { formatChinaTime } from '../china-time.js';
import type { InterceptState } from '../intercept/machine.js';
import { STATE_TEXTS } from '../intercept/state-texts.js';
import { isReason, reasonRow } from '../reasons.js';
import type { Language, Text } from '../text.js';
import { waitingKindText } from './kind-texts.js';

/** What one shift hands to the next. */
export interface Digest {
  readonly since: Date;
  readonly until: Date;
  readonly cameIn: {
    readonly intercepts: number;
    /** Where those that came in stand now. */
    readonly byState: Readonly<Partial<Record<InterceptState, number>>>;
    /** Tasks opened, by kind. */
    readonly tasks: Readonly<Record<string, number | undefined>>;
  };
  readonly done: {
    /** How many intercepts reached each state in the period. */
    readonly reached: Readonly<Partial<Record<InterceptState, number>>>;
    /** Steps that people and their tools took, by who and which. */
    readonly steps: readonly { readonly actor: string; readonly event: string; readonly n: number }[];
    readonly tasks: readonly { readonly actor: string; readonly n: number }[];
  };
  readonly open: {
    readonly total: number;
    readonly overdue: number;
    readonly byKind: Readonly<Record<string, number | undefined>>;
    /** Not sent yet, and in an hour too late. */
    readonly dueWithinHour: number;
    /** The most urgent ones. */
    readonly first: readonly {
      readonly id: string;
      readonly kind: string;
      readonly interceptId: string;
      readonly waybillNo: string;
      readonly reason: string;
      readonly dueAt: Date;
    }[];
  };
}

const WORDS = {
  title: { zh: '交接班摘要', en: 'Shift hand-over' },
  period: { zh: '{} 至 {}（北京时间）', en: '{} to {} (UTC+8)' },
  cameIn: { zh: '新增拦截 {} 条', en: 'Came in: {} intercepts' },
  tasks: { zh: '新增待办', en: 'Tasks opened' },
  results: { zh: '结果', en: 'Results' },
  handled: { zh: '人工处理', en: 'Done by people' },
  stepBy: { zh: '{} 操作 {} 次', en: '{}: {} steps' },
  tasksBy: { zh: '{} 完成待办 {} 个', en: '{}: {} tasks done' },
  open: { zh: '未完成 {} 个，其中已超时 {} 个', en: 'Open: {}, of which {} overdue' },
  soon: { zh: '一小时内到最晚发送时间、尚未发送 {} 条', en: 'Not sent and past their deadline within an hour: {}' },
  none: { zh: '无', en: 'none' },
  due: { zh: '{} 前处理', en: 'due {}' },
} as const satisfies Record<string, Text>;

const COLON = { zh: '：', en: ': ' } as const;
const COMMA = { zh: '，', en: ', ' } as const;

/** States worth telling the next shift of. */
const RESULTS = ['accepted', 'intercepted', 'returned', 'refused', 'missed', 'withdrawn', 'expired'] as const;

function fill(text: string, ...values: readonly (string | number)[]): string {
  return values.reduce<string>((said, value) => said.replace('{}', () => String(value)), text);
}

/** `user:anna@example.com` and `token:erp` without their prefix. */
const nameOf = (actor: string) => actor.replace(/^(user|token):/, '');

const minute = (at: Date) => formatChinaTime(at).slice(0, 16);

function counts(lang: Language, entries: readonly (readonly [Text, number])[]): string {
  const told = entries.filter(([, n]) => n > 0).map(([text, n]) => `${text[lang]} ${n}`);
  return told.length === 0 ? WORDS.none[lang] : told.join(COMMA[lang]);
}

const kindsIn = (byKind: Readonly<Record<string, number | undefined>>) =>
  Object.entries(byKind).map(([kind, n]) => [waitingKindText(kind), n ?? 0] as const);

function linesIn(digest: Digest, lang: Language): string[] {
  const { cameIn, done, open } = digest;
  const steps = new Map<string, number>();
  for (const { actor, n } of done.steps) steps.set(actor, (steps.get(actor) ?? 0) + n);
  const handled = [
    ...[...steps].map(([actor, n]) => fill(WORDS.stepBy[lang], nameOf(actor), n)),
    ...done.tasks.map(({ actor, n }) => fill(WORDS.tasksBy[lang], nameOf(actor), n)),
  ];
  const results = RESULTS.map((state) => [STATE_TEXTS[state], done.reached[state] ?? 0] as const);
  const line = (word: Text, text: string) => `${word[lang]}${COLON[lang]}${text}`;
  const reason = (code: string) => (isReason(code) ? reasonRow(code)[lang] : code);
  return [
    WORDS.title[lang],
    fill(WORDS.period[lang], minute(digest.since), minute(digest.until)),
    fill(WORDS.cameIn[lang], cameIn.intercepts),
    line(WORDS.tasks, counts(lang, kindsIn(cameIn.tasks))),
    line(WORDS.results, counts(lang, results)),
    line(WORDS.handled, handled.length === 0 ? WORDS.none[lang] : handled.join(COMMA[lang])),
    line(
      { zh: fill(WORDS.open.zh, open.total, open.overdue), en: fill(WORDS.open.en, open.total, open.overdue) },
      counts(lang, kindsIn(open.byKind)),
    ),
    fill(WORDS.soon[lang], open.dueWithinHour),
    ...open.first.map(
      ({ kind, waybillNo, reason: code, dueAt }, n) =>
        `${n + 1}. ${waitingKindText(kind)[lang]} ${waybillNo} ${fill(WORDS.due[lang], minute(dueAt))}${COLON[lang]}${reason(code)}`,
    ),
  ];
}

/** The digest as a text to paste into a chat, in both languages: waybills, nobody's phone or address (R78). */
export function digestText(digest: Digest): Text {
  return { zh: linesIn(digest, 'zh').join('\n'), en: linesIn(digest, 'en').join('\n') };
}
