import type { Verdict } from '../../src/domain/eligibility/case.js';
import { RULES } from '../../src/domain/eligibility/rules.js';
import { type Reason, reasonRow } from '../../src/domain/reasons.js';

const VERDICTS: Record<Verdict, string> = {
  skip: '`skipped`: never sent',
  missed: '`missed`: too late for the API',
  review: '`needs_review`: a person decides',
  hold: '`held`: waits',
};

/** What is asked after the rules, in this order; the first that holds back decides. */
const AFTER_THE_RULES: readonly (readonly [Reason, string])[] = [
  ['before_start', 'shop.autoFrom, afterSale.appliedAt'],
  ['observe_only', 'shop.mode'],
  ['approval', 'shop.mode, policy.auto, policy.approvalAboveFen'],
  ['policy_condition', 'policy.when'],
  ['budget_used_up', 'policy.budget'],
  ['rechecking', 'policy.maxAfterSaleAgeMs, when the after-sale was last read'],
];

const texts = (reason: Reason) => `${reasonRow(reason).zh} | ${reasonRow(reason).en}`;

const INTRO = `# Decisions 判断

<!-- Made by \`npm run generate\` from src/domain/eligibility/rules.ts and src/domain/reasons.ts; edit those. -->

Every parcel is judged on all rules, under a lock, each time a fact changes and once more in the transaction that claims
it. Of the rules that fail, a "never" outweighs "too late", that a person, that waiting; within one kind the lowest number
is shown, all of them are kept in \`decision.failed\`. Past its deadline nothing is sent: \`docs/reasons.md\` has the ends.`;

/** docs/decisions.md, from the table of rules and the reasons alone. */
export function renderDecisionsDoc(): string {
  const rules = RULES.flatMap(({ rule, asks, needs, says }) =>
    says.map(
      ([verdict, reason]) =>
        `| ${rule} | ${asks.zh} / ${asks.en} | ${needs.join(', ')} | ${VERDICTS[verdict]} | \`${reason}\` | ${texts(reason)} |`,
    ),
  );
  const after = AFTER_THE_RULES.map(
    ([reason, needs]) => `| ${reasonRow(reason).rule ?? ''} | ${needs} | \`${reason}\` | ${texts(reason)} |`,
  );
  return `${[
    INTRO,
    [
      '| Rule | Asks | Needs | Verdict | Reason | 中文 | English |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...rules,
    ].join('\n'),
    '## After the rules: the shop and its policy (all `held`)',
    ['| Rule | Needs | Reason | 中文 | English |', '| --- | --- | --- | --- | --- |', ...after].join('\n'),
  ].join('\n\n')}\n`;
}
