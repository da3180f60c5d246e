import {
  feeEffect,
  INTERCEPT_STATES,
  type InterceptState,
  isFinal,
  TRANSITIONS,
} from '../../src/domain/intercept/machine.js';

/** What each state means, in one line. */
const MEANINGS = {
  held: 'wanted, but must wait: for a pick-up scan, a fact, a person or a budget',
  queued: 'may be sent now',
  submitting: 'an attempt is committed; bytes may have left',
  uncertain: 'the courier may have acted: it is asked, never sent to again blindly',
  accepted: 'the courier took the order, ours or one asked elsewhere; its result is awaited',
  intercepted: 'the courier confirms that it stopped the parcel; the fee is due',
  needs_review: 'a person decides; nothing else moves it',
  missed: 'too late: out for delivery, delivered, or delivered all the same',
  returned: 'the parcel is back at the sender',
  refused: 'the courier said no',
  withdrawn: 'nobody wants the stop any more',
  expired: 'the last useful moment to send has passed',
  skipped: 'a rule says never; nothing was sent',
} as const satisfies Record<InterceptState, string>;

const FEE = {
  charge: 'falls due',
  clear: 'taken back if one stands',
  keep: 'as it was',
} as const satisfies Record<ReturnType<typeof feeEffect>, string>;

/** Where a judgement may open an intercept. */
export const FIRST_STATES = [
  'queued',
  'held',
  'skipped',
  'missed',
  'needs_review',
  'expired',
] as const satisfies readonly InterceptState[];

const exits = (state: InterceptState) => Object.entries<InterceptState>(TRANSITIONS[state]);

/** One arrow for each pair of states, with every event that leads along it. */
function arrows(state: InterceptState): string[] {
  const targets = [...new Set(exits(state).map(([, to]) => to))];
  return targets.map((to) => {
    const events = exits(state).filter(([, target]) => target === to);
    return `  ${state} --> ${to}: ${events.map(([event]) => event).join(', ')}`;
  });
}

function diagram(): string {
  const starts = FIRST_STATES.map((state) => `  [*] --> ${state}`);
  const ends = INTERCEPT_STATES.filter(isFinal).map((state) => `  ${state} --> [*]`);
  return ['```mermaid', 'stateDiagram-v2', ...starts, ...INTERCEPT_STATES.flatMap(arrows), ...ends, '```'].join('\n');
}

function row(state: InterceptState): string {
  const leaves = exits(state).map(([event, to]) => `\`${event}\` → ${to}`);
  const way = leaves.length > 0 ? leaves.join(' · ') : 'final';
  return `| \`${state}\`${isFinal(state) && leaves.length > 0 ? ' (final)' : ''} | ${MEANINGS[state]} | ${way} | ${FEE[feeEffect(state)]} |`;
}

const INTRO = `# States of an intercept

<!-- Made by \`npm run generate\` from src/domain/intercept/machine.ts; edit that. -->

An intercept opens in one of: ${FIRST_STATES.map((state) => `\`${state}\``).join(', ')}. From then on it moves along these
edges only, one writer, one transition row a step. The one way out of an end is a missed parcel that comes back after all.
The last column says what arriving in the state does to the fee, in the same transaction.`;

/** docs/states.md, from the machine's table alone. */
export function renderStatesDoc(): string {
  const head = ['| State | Means | Leaves by | Fee |', '| --- | --- | --- | --- |'];
  return `${[INTRO, diagram(), [...head, ...INTERCEPT_STATES.map(row)].join('\n')].join('\n\n')}\n`;
}
