import type { EligibilityCase } from '../eligibility/case.js';
import type { Deadline } from '../intercept/deadline.js';
import { judge, type Permission } from '../intercept/judge.js';
import type { Reason } from '../reasons.js';
import type { PolicySettings } from '../settings/settings.js';
import { BudgetBook } from './budget.js';
import { unmetCondition } from './conditions.js';
import type { ConditionFacts } from './variables.js';

/** One decision as it was kept, and what became of its parcel. Fen. */
export interface StoredDecision {
  readonly id: string;
  readonly waybillNo: string;
  readonly shopId: string;
  readonly eligibility: EligibilityCase;
  readonly deadline: Deadline;
  readonly permission: Pick<Permission, 'autoFrom' | 'appliedAt'>;
  readonly facts: ConditionFacts;
  /** `unknown`: it was never sent, or is still on its way. */
  readonly outcome: 'stopped' | 'failed' | 'unknown';
  /** What was really charged for it. */
  readonly feeFen: number;
}

/** What a policy says to one decision: it goes by itself, a person is asked, it waits for budget, or the rest. */
export type Answer = 'sent' | 'asked' | 'out_of_budget' | 'passed_by' | 'not_open';

export interface Said {
  readonly answer: Answer;
  readonly reason: Reason;
}

const ASKS: readonly Reason[] = ['approval', 'policy_condition', 'partial_refund_ask'];
/** Parcels that the policy itself leaves to the buyer. */
const PASSES_BY: readonly Reason[] = ['refund_already_paid'];

/**
 * What this policy says to a decision of the past. The shop's mode, a person's release and the age of what was known are
 * set aside: the question is what the policy does by itself. Rules, facts and deadline are those of that moment.
 */
function ask(decision: StoredDecision, policy: PolicySettings, book: BudgetBook): Said {
  const { partialRefund, afterRefundPaid } = policy;
  const { target, reason } = judge({
    now: new Date(decision.facts.atMs),
    eligibility: { ...decision.eligibility, policy: { partialRefund, afterRefundPaid } },
    deadline: decision.deadline,
    permission: {
      ...decision.permission,
      mode: 'auto',
      policyAuto: policy.auto,
      approvalAboveFen: policy.approvalAboveFen,
      conditionsMet: unmetCondition(policy.when ?? {}, decision.facts) === null,
      budgetLeft: true,
      releasedByPerson: false,
    },
  });
  if (target === 'queued') {
    return book.take(decision.facts.atMs, decision.facts.feeFen ?? 0)
      ? { answer: 'sent', reason }
      : { answer: 'out_of_budget', reason: 'budget_used_up' };
  }
  if (ASKS.includes(reason)) return { answer: 'asked', reason };
  return { answer: PASSES_BY.includes(reason) ? 'passed_by' : 'not_open', reason };
}

/** What a policy comes to over many decisions; fen. */
export interface Tally {
  readonly sent: number;
  readonly asked: number;
  readonly outOfBudget: number;
  readonly passedBy: number;
  /** Rules, not the policy, decided these. */
  readonly notOpen: number;
  readonly savedFen: number;
  /** Value that goes on to the buyer: sent and not stopped, or not sent and nobody asked. */
  readonly lostFen: number;
  /** Value that waits for a person's word. */
  readonly askedFen: number;
  readonly feesFen: number;
  /** Saved less fees. */
  readonly gainFen: number;
  /** Of those sent, how many have no known end: they count by their chance. */
  readonly estimated: number;
}

/** Saved and charged, as it was, or as it may be expected. */
function worth({ outcome, feeFen, facts }: StoredDecision): { savedFen: number; feeFen: number; known: boolean } {
  const valueFen = facts.valueFen ?? 0;
  if (outcome === 'stopped') return { savedFen: valueFen, feeFen, known: true };
  if (outcome === 'failed') return { savedFen: 0, feeFen, known: true };
  const expected = (fen: number) => Math.round(facts.chance * fen);
  return { savedFen: expected(valueFen), feeFen: expected(facts.feeFen ?? 0), known: false };
}

type Count = { -readonly [K in keyof Tally]: Tally[K] };

const COUNTED = {
  sent: 'sent',
  asked: 'asked',
  out_of_budget: 'outOfBudget',
  passed_by: 'passedBy',
  not_open: 'notOpen',
} as const satisfies Record<Answer, keyof Tally>;

function add(tally: Count, decision: StoredDecision, { answer }: Said): void {
  const valueFen = decision.facts.valueFen ?? 0;
  tally[COUNTED[answer]] += 1;
  if (answer === 'sent') {
    const { savedFen, feeFen, known } = worth(decision);
    tally.savedFen += savedFen;
    tally.lostFen += valueFen - savedFen;
    tally.feesFen += feeFen;
    tally.gainFen += savedFen - feeFen;
    if (!known) tally.estimated += 1;
  } else if (answer === 'asked') {
    tally.askedFen += valueFen;
  } else if (answer !== 'not_open') {
    tally.lostFen += valueFen;
  }
}

/** A decision that the two policies answer differently. */
export interface Difference {
  readonly id: string;
  readonly waybillNo: string;
  readonly shopId: string;
  readonly valueFen: number | null;
  readonly today: Said;
  readonly draft: Said;
}

export interface Backtest {
  readonly decisions: number;
  readonly today: Tally;
  readonly draft: Tally;
  readonly differs: number;
  /** The first of them. */
  readonly examples: readonly Difference[];
}

const MOST_EXAMPLES = 20;

const none = (): Count => ({
  sent: 0,
  asked: 0,
  outOfBudget: 0,
  passedBy: 0,
  notOpen: 0,
  savedFen: 0,
  lostFen: 0,
  askedFen: 0,
  feesFen: 0,
  gainFen: 0,
  estimated: 0,
});

/**
 * Two policies over the same decisions, which are given the oldest first: budgets are used up in that order. Pure; it
 * keeps counts and a few examples, so that any number of decisions fits.
 */
export class PolicyComparison {
  private readonly books: { readonly today: BudgetBook; readonly draft: BudgetBook };
  private readonly tallies = { today: none(), draft: none() };
  private readonly examples: Difference[] = [];
  private decisions = 0;
  private differs = 0;

  constructor(
    private readonly today: PolicySettings,
    private readonly draft: PolicySettings,
  ) {
    this.books = { today: new BudgetBook(today.budget), draft: new BudgetBook(draft.budget) };
  }

  add(decision: StoredDecision): void {
    const said = {
      today: ask(decision, this.today, this.books.today),
      draft: ask(decision, this.draft, this.books.draft),
    };
    this.decisions += 1;
    add(this.tallies.today, decision, said.today);
    add(this.tallies.draft, decision, said.draft);
    if (said.today.answer === said.draft.answer) return;
    this.differs += 1;
    const { id, waybillNo, shopId, facts } = decision;
    if (this.examples.length < MOST_EXAMPLES) {
      this.examples.push({ id, waybillNo, shopId, valueFen: facts.valueFen, ...said });
    }
  }

  result(): Backtest {
    const { decisions, differs, examples, tallies } = this;
    return { decisions, differs, examples: [...examples], today: { ...tallies.today }, draft: { ...tallies.draft } };
  }
}
