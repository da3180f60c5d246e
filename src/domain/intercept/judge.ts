import type { EligibilityCase, Finding } from '../eligibility/case.js';
import { decidingFinding, failingRules } from '../eligibility/rules.js';
import { REASONS, type Reason } from '../reasons.js';
import type { Deadline } from './deadline.js';

/** What a shop and its policy allow without a person (R76). */
export interface Permission {
  readonly mode: 'observe' | 'approve' | 'auto';
  readonly policyAuto: boolean;
  readonly approvalAboveFen: number | null;
  readonly autoFrom: Date | null;
  readonly appliedAt: Date | null;
  readonly budgetLeft: boolean;
  /** Did the brake stop the policy, until a person lets it go on? */
  readonly brakeOn?: boolean;
  /** Do the policy's own conditions hold? */
  readonly conditionsMet?: boolean;
  /** What we know of the after-sale is older than the policy allows before a send (R72). */
  readonly knowledgeIsOld?: boolean;
  /** A person has looked at this intercept and let it go: modes, approvals and "ask a person" rules are answered. */
  readonly releasedByPerson: boolean;
}

export interface JudgeInput {
  readonly now: Date;
  readonly eligibility: EligibilityCase;
  readonly permission: Permission;
  readonly deadline: Deadline;
}

/** Where an intercept that has not been sent belongs, and why. `failed` holds every rule against it, lowest first. */
export interface Judgement {
  readonly target: 'queued' | 'held' | 'skipped' | 'missed' | 'needs_review' | 'expired';
  readonly reason: Reason;
  readonly rule: string | null;
  readonly failed: readonly Finding[];
}

const TARGET = { skip: 'skipped', missed: 'missed', review: 'needs_review', hold: 'held' } as const;

/** What happens to a wait whose deadline comes: it never ends in silence (R16, R62, R67; design.md "States"). */
const AT_DEADLINE: Partial<Record<Reason, { target: 'expired' | 'needs_review'; reason: Reason }>> = {
  not_picked_up: { target: 'expired', reason: 'never_picked_up' },
  checking: { target: 'needs_review', reason: 'track_unclear' },
  track_unclear: { target: 'needs_review', reason: 'track_unclear' },
  approval: { target: 'expired', reason: 'approval_missed' },
  amount_unknown: { target: 'needs_review', reason: 'amount_unknown' },
  value_unknown: { target: 'needs_review', reason: 'value_unknown' },
  contents_unknown: { target: 'needs_review', reason: 'contents_unknown' },
  after_sale_unknown: { target: 'needs_review', reason: 'after_sale_unknown' },
  rechecking: { target: 'needs_review', reason: 'after_sale_unknown' },
};

function permissionHold(p: Permission, valueFen: number | null): Reason | null {
  if (p.releasedByPerson) return null;
  if (p.autoFrom && p.appliedAt && p.appliedAt < p.autoFrom) return 'before_start';
  if (p.mode === 'observe') return 'observe_only';
  if (p.mode === 'approve' || !p.policyAuto) return 'approval';
  if (p.approvalAboveFen !== null && (valueFen ?? 0) > p.approvalAboveFen) return 'approval';
  if (p.conditionsMet === false) return 'policy_condition';
  if (p.brakeOn === true) return 'policy_brake';
  return p.budgetLeft ? null : 'budget_used_up';
}

/** Judges one parcel that has not been sent: rules, then the shop's mode and policy, then the clock. Pure. */
export function judge(input: JudgeInput): Judgement {
  const failed = failingRules(input.eligibility);
  const counted = input.permission.releasedByPerson ? failed.filter((f) => f.verdict !== 'review') : failed;
  const finding = decidingFinding(counted);
  const late = input.deadline.at.getTime() <= input.now.getTime();

  if (finding && finding.verdict !== 'hold') {
    return { target: TARGET[finding.verdict], reason: finding.reason, rule: finding.rule, failed };
  }
  // A forecast from old facts is no reason to give up: the track is read once before.
  const { lastLook, nobodyCanLook } = input.eligibility.parcel;
  const neverLooked = lastLook === null && !nobodyCanLook;
  if (!finding && late && input.deadline.source === 'forecast' && neverLooked) {
    return { target: 'held', reason: 'checking', rule: 'R16', failed };
  }
  const hold: Reason | null =
    finding?.reason ??
    permissionHold(input.permission, input.eligibility.parcel.valueFen) ??
    (input.permission.knowledgeIsOld ? 'rechecking' : null);
  if (!late) {
    return hold
      ? { target: 'held', reason: hold, rule: finding?.rule ?? REASONS[hold].rule, failed }
      : { target: 'queued', reason: 'ready', rule: null, failed };
  }
  const end = (hold && AT_DEADLINE[hold]) ?? { target: 'expired' as const, reason: 'deadline_passed' as const };
  return { target: end.target, reason: end.reason, rule: REASONS[end.reason].rule, failed };
}
