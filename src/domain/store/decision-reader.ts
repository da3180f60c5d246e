import { chinaDay } from '../china-time.js';
import type { EligibilityCase } from '../eligibility/case.js';
import type { Deadline } from '../intercept/deadline.js';
import type { Permission } from '../intercept/judge.js';
import type { InterceptState } from '../intercept/machine.js';
import { feeOn } from '../money/tariff.js';
import type { StoredDecision } from '../policy/backtest.js';
import type { ConditionFacts } from '../policy/variables.js';
import { PRIOR_CHANCE } from '../scorecard/chance.js';
import type { TariffRow } from '../settings/settings.js';
import type { Sql } from './database.js';
import { Where } from './where.js';

/** Which decisions a draft is tried on: those made under one policy since a moment, of these shops. */
export interface DecisionFilter {
  readonly policyId: string;
  readonly since: Date;
  readonly until: Date;
  /** The caller's shops; null: all. */
  readonly shops: readonly string[] | null;
}

/** JSON of `judgement.ts`, as this or an earlier version kept it. */
interface Kept {
  readonly inputs?: EligibilityCase;
  readonly permission?: { readonly autoFrom: string | null; readonly appliedAt: string | null };
  readonly deadline?: { readonly at: string; readonly source: Deadline['source'] };
  readonly conditions?: ConditionFacts;
}

interface Row {
  readonly id: string;
  readonly waybillNo: string;
  readonly shopId: string;
  readonly platform: string;
  readonly carrier: string;
  readonly state: InterceptState;
  readonly isSent: number;
  readonly createdAt: Date;
  readonly decision: string;
  readonly feeFen: number;
}

const PAGE = 1_000;
/** More than this are not read: a page that takes minutes is closed before it answers. */
const MOST_DECISIONS = 50_000;

const OUTCOMES: Partial<Record<InterceptState, StoredDecision['outcome']>> = {
  intercepted: 'stopped',
  returned: 'stopped',
  refused: 'failed',
  missed: 'failed',
};

const moment = (text: string | null | undefined) => (text ? new Date(text) : null);

/** Decisions of before conditions were kept are filled in from their rules' inputs and the tariff of the day. */
function factsOf(row: Row, { inputs, conditions }: Kept, tariffs: readonly TariffRow[]): ConditionFacts {
  if (conditions) return conditions;
  const [lead] = inputs?.afterSales ?? [];
  return {
    amountFen: lead?.refundAmountFen ?? null,
    valueFen: inputs?.parcel.valueFen ?? null,
    feeFen: feeOn(tariffs, row.carrier, chinaDay(row.createdAt))?.feeFen ?? null,
    chance: PRIOR_CHANCE,
    reason: lead?.reason ?? null,
    category: lead?.category ?? 'normal',
    skus: null,
    carrier: inputs?.parcel.carrier ?? null,
    stage: inputs?.parcel.whereabouts ?? 'unclear',
    shop: row.shopId,
    platform: row.platform,
    atMs: row.createdAt.getTime(),
  };
}

function decisionOf(row: Row, tariffs: readonly TariffRow[]): StoredDecision | null {
  const kept = JSON.parse(row.decision) as Kept;
  if (!kept.inputs || !kept.permission || !kept.deadline) return null;
  const { autoFrom, appliedAt } = kept.permission;
  const permission: Pick<Permission, 'autoFrom' | 'appliedAt'> = {
    autoFrom: moment(autoFrom),
    appliedAt: moment(appliedAt),
  };
  const signedAt = kept.inputs.shop.agreementSignedAt;
  return {
    id: row.id,
    waybillNo: row.waybillNo,
    shopId: row.shopId,
    eligibility: {
      ...kept.inputs,
      shop: { ...kept.inputs.shop, agreementSignedAt: signedAt === null ? null : new Date(signedAt) },
    },
    deadline: { at: new Date(kept.deadline.at), source: kept.deadline.source },
    permission,
    facts: factsOf(row, kept, tariffs),
    outcome: row.isSent === 1 ? (OUTCOMES[row.state] ?? 'unknown') : 'unknown',
    feeFen: row.feeFen,
  };
}

function pageAfter(sql: Sql, filter: DecisionFilter, after: Pick<Row, 'createdAt' | 'id'>): Promise<Row[]> {
  const where = new Where()
    .and('i.created_at >= ? AND i.created_at < ? AND i.policy_id = ?', after.createdAt, filter.until, filter.policyId)
    .and('(i.created_at > ? OR i.id > ?)', after.createdAt, after.id);
  if (filter.shops) where.andIn('i.shop_id', filter.shops);
  return sql.rows<Row>(
    `SELECT i.id, i.waybill_no AS waybillNo, i.shop_id AS shopId, i.platform, i.carrier, i.state,
       (i.sent_at IS NOT NULL OR i.accepted_at IS NOT NULL) AS isSent, i.created_at AS createdAt, i.decision,
       (SELECT CAST(COALESCE(SUM(IF(f.kind = 'fee', f.amount_fen, -f.amount_fen)), 0) AS SIGNED)
        FROM ledger_entry f WHERE f.intercept_id = i.id) AS feeFen
     FROM intercept i ${where.sql} ORDER BY i.created_at, i.id LIMIT ?`,
    [...where.values, PAGE],
  );
}

/** What was read: decisions that could not be (of a person, or without inputs), and whether there were more. */
export interface DecisionsRead {
  readonly unreadable: number;
  /** There were more than `MOST_DECISIONS`: the youngest are missing. */
  readonly cut: boolean;
}

/** Gives every stored decision to `take`, the oldest first, a page of them in memory at a time. */
export async function eachDecision(
  sql: Sql,
  filter: DecisionFilter,
  tariffs: readonly TariffRow[],
  take: (decision: StoredDecision) => void,
): Promise<DecisionsRead> {
  let after = { createdAt: filter.since, id: '' };
  let read = 0;
  let unreadable = 0;
  for (;;) {
    const page = await pageAfter(sql, filter, after);
    for (const row of page) {
      const decision = decisionOf(row, tariffs);
      if (decision) take(decision);
      else unreadable += 1;
    }
    read += page.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return { unreadable, cut: false };
    if (read >= MOST_DECISIONS) return { unreadable, cut: true };
    after = last;
  }
}
