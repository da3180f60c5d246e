import type { Reason } from '../reasons.js';
import type { Text } from '../text.js';
import { type InterceptState, isFinal } from './machine.js';
import { waitsForTrack } from './timing.js';

/** What a person, or a person's tool, may do with an intercept. */
export const PERSON_STEPS = {
  ask: { zh: '立即向快递查询', en: 'Ask the courier now' },
  withdraw: { zh: '撤销拦截', en: 'Withdraw' },
  retry: { zh: '重新判断并发送', en: 'Judge again and send' },
  resolve: { zh: '记录处理结果', en: 'Record an outcome' },
} as const satisfies Record<string, Text>;

export type PersonStep = keyof typeof PERSON_STEPS;
export const ALL_PERSON_STEPS = Object.keys(PERSON_STEPS) as PersonStep[];

/** Why a step cannot be taken now: stable codes; the API answers 409 with them, the pages show them beside the step. */
export const STEP_REFUSALS = {
  answer_awaited: {
    zh: '订单可能已发往快递，结果未知前不能重试。系统正在查询。',
    en: 'An order may be at the courier; until its answer is known nothing is retried. It is being asked for.',
  },
  already_stopped: {
    zh: '快递已拦截成功，无法再撤销或重试。',
    en: 'The courier has stopped the parcel; it can be neither withdrawn nor retried.',
  },
  already_ended: {
    zh: '该拦截已结束，请用重试开启新一轮。',
    en: 'This intercept has ended; a retry opens a new round.',
  },
  not_in_review: {
    zh: '当前状态不允许此处理结果。待人工处理的拦截请用“处理”，其他请用“重试”。',
    en: 'The state does not allow this outcome. Resolve what needs a person; retry what has ended or is held.',
  },
  stopped_before: {
    zh: '该包裹此前已被拦截成功，不再发送。',
    en: 'This parcel was stopped in an earlier round; nothing is sent again.',
  },
  nothing_to_retry: {
    zh: '重新判断后结论不变，未发送。请先解决所列原因。',
    en: 'Judged again, the outcome is the same and nothing was sent. Mend the reason it names first.',
  },
  nothing_to_ask: {
    zh: '当前状态下，向快递查询不会改变什么。',
    en: 'In this state there is nothing that asking the courier could change.',
  },
  moved_on: {
    zh: '这条拦截在你打开之后已有变化，未执行。请按最新状态再决定。',
    en: 'This intercept has moved on since you looked; nothing was done. Decide on what is true now.',
  },
} as const satisfies Record<string, Text>;

export type StepRefusal = keyof typeof STEP_REFUSALS;

interface StateRow extends Readonly<Record<PersonStep, true | StepRefusal>> {
  /** What is worth offering, the safest first; the rest is allowed to scripts or refused. */
  readonly offer: readonly PersonStep[];
  /** The step without which nothing goes on; null: it goes on by itself, or has ended. */
  readonly next: PersonStep | null;
}

const OVER = { ask: 'already_ended', withdraw: 'already_ended', resolve: 'already_ended' } as const;
const ENDED = { ...OVER, retry: true, offer: ['retry'], next: null } as const satisfies StateRow;

/**
 * What a person may do in each state, or why not: the one table that the server refuses by, that the pages offer by, and
 * that docs/steps.md is drawn from. Nothing is ever sent again while an order may be at the courier.
 */
export const STEP_TABLE = {
  held: {
    ask: true,
    withdraw: true,
    retry: true,
    resolve: true,
    offer: ['retry', 'ask', 'resolve', 'withdraw'],
    next: 'retry',
  },
  queued: {
    ask: 'nothing_to_ask',
    withdraw: true,
    retry: true,
    resolve: true,
    offer: ['withdraw', 'resolve'],
    next: null,
  },
  submitting: {
    ask: 'answer_awaited',
    withdraw: true,
    retry: 'answer_awaited',
    resolve: 'not_in_review',
    offer: ['withdraw'],
    next: null,
  },
  uncertain: {
    ask: true,
    withdraw: true,
    retry: 'answer_awaited',
    resolve: 'not_in_review',
    offer: ['ask', 'withdraw'],
    next: 'ask',
  },
  accepted: {
    ask: true,
    withdraw: true,
    retry: 'answer_awaited',
    resolve: 'not_in_review',
    offer: ['ask', 'withdraw'],
    next: null,
  },
  intercepted: {
    ask: true,
    withdraw: 'already_stopped',
    retry: 'already_stopped',
    resolve: 'not_in_review',
    offer: ['ask'],
    next: null,
  },
  needs_review: {
    ask: 'nothing_to_ask',
    withdraw: true,
    retry: 'not_in_review',
    resolve: true,
    offer: ['resolve', 'withdraw'],
    next: 'resolve',
  },
  missed: { ...OVER, retry: true, offer: [], next: null },
  returned: { ...OVER, withdraw: 'already_stopped', retry: 'already_stopped', offer: [], next: null },
  refused: ENDED,
  withdrawn: ENDED,
  expired: ENDED,
  skipped: ENDED,
} as const satisfies Record<InterceptState, StateRow>;

/** What bears on a person's step beside the state. */
export interface StepFacts {
  readonly state: InterceptState;
  readonly reason: Reason;
  /** Did an earlier or this round of the parcel reach a stop? */
  readonly stoppedBefore: boolean;
  /** Did the courier take an order of this intercept, as far as we were told? */
  readonly orderStands: boolean;
}

/** Why this step cannot be taken; null: it can, as far as can be known without taking it. */
export function refusalOf(step: PersonStep, facts: StepFacts): StepRefusal | null {
  const said: true | StepRefusal = STEP_TABLE[facts.state][step];
  if (said !== true) return said;
  if (step === 'ask' && facts.state === 'held' && !waitsForTrack(facts.reason)) return 'nothing_to_ask';
  if (step === 'retry' && isFinal(facts.state) && facts.stoppedBefore) return 'stopped_before';
  return null;
}

/** The step without which nothing goes on; null: it goes on by itself, has ended, or that step is refused. */
export function nextStep(facts: StepFacts): PersonStep | null {
  // What waits for a scan is not sent by letting it go, but a look may find the scan.
  const waits = facts.state === 'held' && waitsForTrack(facts.reason);
  const next = waits ? 'ask' : STEP_TABLE[facts.state].next;
  return next !== null && refusalOf(next, facts) === null ? next : null;
}

/** What is worth offering now, as far as `facts` tell, the next step first. */
export function offeredSteps(facts: StepFacts): PersonStep[] {
  const next = nextStep(facts);
  const offer: readonly PersonStep[] = STEP_TABLE[facts.state].offer;
  const possible = offer.filter((step) => step !== next && refusalOf(step, facts) === null);
  return next === null ? possible : [next, ...possible];
}

/** What a person may say became of a parcel (contract section 5, `/resolve`). */
export const RESOLUTIONS = [
  'release',
  'asked_outside',
  'intercepted',
  'returned',
  'delivered',
  'lost',
  'give_up',
] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** Outcomes that a person may state before we have sent anything (R71). */
const BEFORE_SENDING: ReadonlySet<Resolution> = new Set(['asked_outside', 'give_up']);

/** Why this outcome cannot be recorded now; null: it can. */
export function refusalOfResolution(outcome: Resolution, facts: StepFacts): StepRefusal | null {
  const said = refusalOf('resolve', facts);
  if (said !== null) return said;
  if (facts.state !== 'needs_review' && !BEFORE_SENDING.has(outcome)) return 'not_in_review';
  // A parcel that was stopped, or whose order stands at the courier, is never sent again.
  if (outcome === 'release' && facts.stoppedBefore) return 'stopped_before';
  return outcome === 'release' && facts.orderStands ? 'answer_awaited' : null;
}

/** What withdrawing means in a state: it ends here and now, or the courier has to confirm a cancel (R80). */
export function withdrawalOf(state: InterceptState): 'before' | 'after' | 'review' {
  if (state === 'held' || state === 'queued') return 'before';
  return state === 'needs_review' ? 'review' : 'after';
}

/**
 * What a step does to a row: the state it reaches, or that the courier is asked (to cancel; what became of it) while the
 * row stays where it is until the answer.
 */
export type StepEffect = InterceptState | 'cancel_asked' | 'asked';
