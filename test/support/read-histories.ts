import type { CourierCall, Histories } from './history.js';
import type { House } from './house.js';
import type { TwinProcess } from './twin-process.js';

const CREATE = 'thirdcenter.createIntercept';
const KINDS: Readonly<Record<string, CourierCall['kind']>> = {
  [CREATE]: 'create',
  'thirdcenter.queryInterceptAndReturnStatus': 'query',
  'thirdcenter.cancelIntercept': 'cancel',
  'zto.merchant.waybill.track.query': 'track',
};
/** The platform's call that decides a refund, and which of its operations pays. */
export const OPERATE = 'afterSale/operate';
const AGREE = '201';
const TURNED_AROUND = new Set(['returning', 'returned']);
/** Longer than a sweep and a lease, ms: what is due for so long without a job has been forgotten (I4). */
const FORGOTTEN_S = 30;
const PAGE = 10_000;

interface Line {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly endpoint: string;
  readonly verdict: string;
  readonly waybillNo?: string;
  readonly requestId?: string;
  readonly facts?: { readonly duplicate?: boolean; readonly operation?: string; readonly refundFen?: number };
}

/** Every call in a twin's ledger. */
async function linesOf(house: House, twin: TwinProcess): Promise<Line[]> {
  const lines: Line[] = [];
  for (let since = 0; ; ) {
    const page = await house.control<{ entries: Line[] }>(twin, `ledger?kind=call&since=${since}&limit=${PAGE}`);
    lines.push(...page.entries);
    const last = page.entries.at(-1);
    if (last === undefined) return lines;
    since = last.seq;
  }
}

async function callsOf(house: House): Promise<CourierCall[]> {
  const lines = await linesOf(house, house.zto);
  return lines.flatMap((line) => {
    const kind = KINDS[line.endpoint];
    if (kind === undefined) return [];
    const { waybillNo = '', requestId = '', verdict } = line;
    return [{ kind, atMs: line.at, waybillNo, requestId, verdict, duplicate: line.facts?.duplicate === true }];
  });
}

/** What the platform was asked to pay, and what our rows say of it. */
async function refundsOf(house: House): Promise<Pick<Histories, 'refundCalls' | 'refunds'>> {
  const refunds = await house.db.rows<Histories['refunds'][number]>(
    `SELECT a.after_sale_id AS afterSaleId, r.state, r.amount_fen AS amountFen,
       CAST((SELECT COUNT(*) FROM refund_step s WHERE s.refund_id = r.id AND s.event IN ('not_sent', 'refuse')) AS SIGNED)
         AS knownUndone
     FROM refund_action r JOIN after_sale a ON a.id = r.after_sale_id WHERE r.operation = 'agree'`,
  );
  const lines = await linesOf(house, house.douyin);
  const refundCalls = lines.flatMap(({ endpoint, verdict, waybillNo = '', facts }) => {
    if (endpoint !== OPERATE) return [];
    return [{ afterSaleId: waybillNo, verdict, paidFen: facts?.operation === AGREE ? (facts.refundFen ?? 0) : null }];
  });
  return { refunds, refundCalls };
}

async function turnedAroundOf(house: House, made: ReadonlySet<string>): Promise<Set<string>> {
  const { parcels } = await house.control<{ parcels: { waybillNo: string; whereabouts: string }[] }>(
    house.zto,
    'parcels',
  );
  const turned = parcels.filter((one) => made.has(one.waybillNo) && TURNED_AROUND.has(one.whereabouts));
  return new Set(turned.map(({ waybillNo }) => waybillNo));
}

async function rateOf(house: House, limit: { max: number; perMs: number } | null): Promise<Histories['rate']> {
  if (limit === null) return null;
  const seen = await house.control<{ maxCreatesPerSecond: number }>(house.zto, `summary?windowMs=${limit.perMs}`);
  return { max: limit.max, seen: seen.maxCreatesPerSecond };
}

/** Gathers the three histories of a house: from its platform's twin, its database, and its courier's ledger. */
export async function readHistories(
  house: House,
  waybills: readonly string[],
  limit: { max: number; perMs: number } | null = null,
  restoredAtMs = 0,
): Promise<Histories> {
  const made = new Set(waybills);
  const { pushes } = await house.control<{ pushes: { eventIds: string[]; ackedAt: number | null }[] }>(
    house.douyin,
    'pushes',
  );
  const inbox = await house.db.rows<{ eventId: string }>(
    "SELECT event_id AS eventId FROM inbox WHERE source LIKE 'platform:douyin:%'",
  );
  const intercepts = await house.db.rows<{
    id: string;
    waybillNo: string;
    state: string;
    requestId: string;
    deadlineAt: Date;
    standingFees: number;
  }>(
    `SELECT i.id, i.waybill_no AS waybillNo, i.state, i.request_id AS requestId, i.deadline_at AS deadlineAt,
       CAST((SELECT COUNT(*) FROM ledger_entry f WHERE f.intercept_id = i.id AND f.kind = 'fee' AND NOT EXISTS
         (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = f.id)) AS SIGNED) AS standingFees
     FROM intercept i`,
  );
  const sends = await house.db.rows<{ waybillNo: string; requestId: string; startedAt: Date; outcome: string | null }>(
    `SELECT i.waybill_no AS waybillNo, a.request_id AS requestId, a.started_at AS startedAt, a.outcome
     FROM attempt a JOIN intercept i ON i.id = a.intercept_id WHERE a.kind = 'send'`,
  );
  const due = await house.db.rows<{ id: string }>(
    `SELECT id FROM intercept WHERE state IN ('queued', 'uncertain')
       AND COALESCE(dispatched_at, next_at) < NOW(3) - INTERVAL ? SECOND`,
    [FORGOTTEN_S],
  );
  return {
    deliveries: pushes.map(({ eventIds, ackedAt }) => ({ eventIds, acknowledged: ackedAt !== null })),
    inbox: new Set(inbox.map(({ eventId }) => eventId)),
    intercepts: intercepts.map(({ deadlineAt, ...row }) => ({ ...row, deadlineAtMs: deadlineAt.getTime() })),
    sends: sends.map(({ startedAt, ...send }) => ({ ...send, startedAtMs: startedAt.getTime() })),
    dueWithoutJob: due.map(({ id }) => id),
    restoredAtMs,
    calls: await callsOf(house),
    ...(await refundsOf(house)),
    turnedAround: await turnedAroundOf(house, made),
    made,
    rate: await rateOf(house, limit),
  };
}
