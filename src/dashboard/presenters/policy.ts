import type { Said } from '../../domain/policy/backtest.js';
import { policySentence } from '../../domain/policy/sentence.js';
import { stableJson } from '../../domain/settings/diff.js';
import { policySettings } from '../../domain/settings/policy-settings.js';
import type { PolicySettings } from '../../domain/settings/settings.js';
import type { Brake } from '../../domain/store/brake-store.js';
import type { BacktestRead } from '../../domain/store/policy-backtest.js';
import type { PolicyVersion, Shadow } from '../../domain/store/policy-store.js';
import type { BacktestAnswer, PolicyAnswer, PolicyVersionAnswer, ShadowAnswer } from '../api/schemas/policy.js';
import { reasonText, time } from './words.js';

export interface PolicyRow {
  readonly policy: PolicySettings;
  readonly shops: readonly string[];
  readonly changed: { readonly at: Date; readonly by: string | null } | null;
  readonly brake: Brake | null;
  readonly shadow: Shadow | null;
  /** May the caller know who did it? */
  readonly withPeople: boolean;
}

export function presentPolicy({ policy, shops, changed, brake, shadow, withPeople }: PolicyRow): PolicyAnswer {
  return {
    id: policy.id,
    version: policy.version,
    sentence: policySentence(policy),
    shops: [...shops],
    changedAt: changed && time(changed.at),
    changedBy: withPeople ? (changed?.by ?? null) : null,
    brake: brake && { since: time(brake.since), hourCount: brake.hourCount, usualCount: brake.usualCount },
    shadow: shadow && { since: time(shadow.since), by: withPeople ? shadow.by : null },
  };
}

/** Fields that differ between two bodies; of the first version every field. */
function changesOf(before: PolicyVersion | undefined, after: PolicyVersion): PolicyVersionAnswer['changes'] {
  const from: Readonly<Record<string, unknown>> = before ? { ...before.body } : {};
  return Object.entries(after.body)
    .filter(([field, to]) => field !== 'id' && stableJson(from[field]) !== stableJson(to))
    .map(([field, to]) => ({ field, ...(before ? { from: from[field] ?? null } : {}), to, secret: false }));
}

/** `versions`, the newest first; the last one given only serves to compare with, unless it is the first ever. */
export function presentVersions(versions: readonly PolicyVersion[]): PolicyVersionAnswer[] {
  return versions.map((row, i) => ({
    version: row.version,
    at: time(row.at),
    by: row.by,
    note: row.note,
    sentence: policySentence(policySettings(row.body, row.version)),
    policy: { ...row.body },
    changes: changesOf(versions[i + 1], row),
  }));
}

const presentSaid = ({ answer, reason }: Said) => ({ answer, reason, reasonText: reasonText(reason) });

export function presentBacktest(today: PolicySettings, draft: PolicySettings, read: BacktestRead): BacktestAnswer {
  return {
    policyId: today.id,
    version: today.version,
    since: time(read.since),
    until: time(read.until),
    sentences: { today: policySentence(today), draft: policySentence(draft) },
    decisions: read.decisions,
    today: { ...read.today },
    draft: { ...read.draft },
    differs: read.differs,
    examples: read.examples.map((one) => ({
      ...one,
      today: presentSaid(one.today),
      draft: presentSaid(one.draft),
    })),
    unreadable: read.unreadable,
    cut: read.cut,
  };
}

export function presentShadow(shadow: Shadow, comparison: BacktestAnswer): ShadowAnswer {
  return { since: time(shadow.since), by: shadow.by, policy: { ...shadow.body }, comparison };
}
