import type { InterceptState } from '../intercept/machine.js';
import type { Text } from '../text.js';

/** What a row of a file would come to, judged before anything is sent. */
export const IMPORT_CLASSES = {
  willSend: { zh: '会发送', en: 'will be sent' },
  waits: { zh: '先暂缓', en: 'will wait' },
  needsPerson: { zh: '转人工', en: 'a person decides' },
  notSent: { zh: '不符合规则，不发送', en: 'against the rules, not sent' },
  tooLate: { zh: '来不及', en: 'too late' },
  repeated: { zh: '之前已请求，不会重复', en: 'asked for before, nothing new' },
  joins: { zh: '与前面的行是同一包裹', en: 'same parcel as a row above' },
  bad: { zh: '有误，不导入', en: 'bad row, left out' },
} as const satisfies Record<string, Text>;

export type ImportClass = keyof typeof IMPORT_CLASSES;
export const ALL_IMPORT_CLASSES = Object.keys(IMPORT_CLASSES) as ImportClass[];

/** What became of a row. */
export const IMPORT_OUTCOMES = {
  created: { zh: '新增', en: 'new' },
  repeated: { zh: '已存在', en: 'already there' },
  failed: { zh: '失败', en: 'failed' },
  bad: { zh: '有误', en: 'bad' },
} as const satisfies Record<string, Text>;

export type ImportOutcome = keyof typeof IMPORT_OUTCOMES;
export const ALL_IMPORT_OUTCOMES = Object.keys(IMPORT_OUTCOMES) as ImportOutcome[];

/** Where a judgement puts what was not there before. Other states are those of an intercept that is known. */
const OF_STATE: Partial<Record<InterceptState, ImportClass>> = {
  queued: 'willSend',
  held: 'waits',
  needs_review: 'needsPerson',
  skipped: 'notSent',
  missed: 'tooLate',
  expired: 'tooLate',
};

/** The class of a row whose request came to this. `created` false: the same was asked for before. */
export function importClassOf(created: boolean, state: InterceptState): ImportClass {
  return created ? (OF_STATE[state] ?? 'repeated') : 'repeated';
}
