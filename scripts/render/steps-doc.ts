import { INTERCEPT_STATES, type InterceptState } from '../../src/domain/intercept/machine.js';
import {
  ALL_PERSON_STEPS,
  PERSON_STEPS,
  type PersonStep,
  RESOLUTIONS,
  refusalOfResolution,
  STEP_REFUSALS,
  STEP_TABLE,
} from '../../src/domain/intercept/person-steps.js';
import { STATE_TEXTS } from '../../src/domain/intercept/state-texts.js';
import { table } from './markdown.js';

const code = (text: string) => `\`${text}\``;

const INTRO = `# What a person may do with an intercept 人工操作

<!-- Made by \`npm run generate\` from src/domain/intercept/person-steps.ts; edit that. -->

The server refuses by this table (409 with the code), the pages offer by it, \`GET /api/v1/intercepts/{id}\` shows it for one
intercept as \`choices\`. **Bold**: the step without which nothing goes on. A step that is possible can still be refused for
what only the moment knows: \`stopped_before\`, \`nothing_to_retry\`, \`moved_on\` when somebody was faster; the 409 then says
in \`lastStep\` who did what, and when.`;

function cell(state: InterceptState, step: PersonStep): string {
  const row = STEP_TABLE[state];
  const said: true | keyof typeof STEP_REFUSALS = row[step];
  if (said !== true) return code(said);
  const offered: readonly PersonStep[] = row.offer;
  const word = offered.includes(step) ? '✓' : '(✓)';
  return row.next === step ? `**${word}**` : word;
}

function outcomesIn(state: InterceptState): string {
  const facts = { state, reason: 'ready', stoppedBefore: false, orderStands: false } as const;
  const possible = RESOLUTIONS.filter((outcome) => refusalOfResolution(outcome, facts) === null);
  return possible.map(code).join(' ') || '–';
}

/** docs/steps.md, from the table of steps alone. */
export function renderStepsDoc(): string {
  const head = ['State', ...ALL_PERSON_STEPS.map((step) => `${PERSON_STEPS[step].en} ${code(step)}`), 'Outcomes'];
  const states = INTERCEPT_STATES.map((state) => [
    `${code(state)} ${STATE_TEXTS[state].zh}`,
    ...ALL_PERSON_STEPS.map((step) => cell(state, step)),
    outcomesIn(state),
  ]);
  const refusals = Object.entries(STEP_REFUSALS).map(([name, { zh, en }]) => [code(name), zh, en]);
  return `${[
    INTRO,
    '✓ offered on the page · (✓) allowed to scripts only, because it changes nothing for a person',
    table(head, states),
    '## Why not',
    table(['Code', '中文', 'English'], refusals),
  ].join('\n\n')}\n`;
}
