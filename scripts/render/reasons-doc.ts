import { REASONS, type Reason, reasonRow } from '../../src/domain/reasons.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function row(code: Reason): string {
  const { rule, zh, en, task } = reasonRow(code);
  return `| \`${code}\` | ${rule ?? ''} | ${cell(zh)} | ${cell(en)} | ${task ? `\`${task}\`` : ''} |`;
}

const INTRO = `# Reasons 原因

<!-- Made by \`npm run generate\` from src/domain/reasons.ts; edit that. -->

Every \`reason\` that the API, the command line and outgoing webhooks can carry. A code never changes its meaning.
"Rule" is the business rule it comes from, "Task" the kind of task that it opens for a person.`;

/** docs/reasons.md, from the table of reasons alone. */
export function renderReasonsDoc(): string {
  const codes = Object.keys(REASONS) as Reason[];
  const head = ['| Code | Rule | 中文 | English | Task |', '| --- | --- | --- | --- | --- |'];
  return `${[INTRO, [...head, ...codes.map(row)].join('\n')].join('\n\n')}\n`;
}
