import type { MergedFacts } from '../aftersale/merge.js';
import type { InterceptState } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';
import type { Sql } from './database.js';
import { type RefundStepView, type RefundView, refundsOf } from './refund-reader.js';

/** An after-sale that travels in the parcel, with the platform's time of each fact. */
export interface StoryAfterSale {
  readonly id: string;
  readonly shopId: string;
  readonly platform: string;
  readonly afterSaleId: string;
  readonly facts: MergedFacts;
  readonly origin: string;
  /** When we first heard of it. */
  readonly createdAt: Date;
  /** It travels in another parcel now (R65). */
  readonly droppedAt: Date | null;
}

export interface StoryTask {
  readonly id: string;
  readonly kind: string;
  readonly reason: Reason;
  readonly state: 'open' | 'done' | 'closed';
  readonly owner: string;
  readonly dueAt: Date;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
}

/** A message to an endpoint or a bot about the intercept or one of its tasks. */
export interface StoryMessage {
  readonly id: number;
  readonly topic: string;
  readonly targetId: string;
  readonly state: 'waiting' | 'delivered' | 'dead';
  readonly tries: number;
  readonly httpStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
}

/** One try at the parcel; a retry of what had ended opens the next. */
export interface StoryRound {
  readonly id: string;
  readonly round: number;
  readonly state: InterceptState;
  readonly reason: Reason;
  readonly createdAt: Date;
}

/** Another parcel of an order that travels in this one. */
export interface StoryParcel {
  readonly shopId: string;
  readonly orderId: string | null;
  readonly afterSaleId: string;
  readonly carrier: string;
  readonly rawCarrier: string;
  readonly mapped: boolean;
  readonly waybillNo: string;
  readonly interceptId: string | null;
  readonly state: InterceptState | null;
  readonly reason: Reason | null;
}

/** What surrounds an intercept: where the wish came from, who was told, what else belongs to the order. */
export interface Story {
  readonly afterSales: readonly StoryAfterSale[];
  readonly tasks: readonly StoryTask[];
  readonly messages: readonly StoryMessage[];
  readonly rounds: readonly StoryRound[];
  readonly otherParcels: readonly StoryParcel[];
  /** What was decided about the money of its after-sales. */
  readonly refunds: readonly (RefundView & { readonly steps: readonly RefundStepView[] })[];
}

/** A parcel with very many messages is a mistake elsewhere; the newest are enough to see it. */
const MOST = 200;

type RawAfterSale = Omit<StoryAfterSale, 'facts'> & { readonly facts: string };

/** Everything a holder of `shops` (null: all) may read of an intercept's surroundings. */
export async function readStory(
  sql: Sql,
  row: { readonly id: string; readonly parcelId: string },
  shops: readonly string[] | null,
): Promise<Story> {
  const linked = await sql.rows<RawAfterSale>(
    `SELECT a.id, a.shop_id AS shopId, a.platform, a.after_sale_id AS afterSaleId, a.facts, a.origin,
       a.created_at AS createdAt, l.dropped_at AS droppedAt
     FROM parcel_after_sale l JOIN after_sale a ON a.id = l.after_sale_id WHERE l.parcel_id = ? ORDER BY a.created_at, a.id`,
    [row.parcelId],
  );
  const afterSales = linked
    .filter(({ shopId }) => shops === null || shops.includes(shopId))
    .map((a): StoryAfterSale => ({ ...a, facts: JSON.parse(a.facts) as MergedFacts }));
  const tasks = await sql.rows<StoryTask>(
    `SELECT id, kind, reason, state, owner, due_at AS dueAt, created_at AS createdAt, closed_at AS closedAt
     FROM task WHERE intercept_id = ? ORDER BY created_at, id`,
    [row.id],
  );
  const messages = await sql.rows<StoryMessage>(
    `SELECT id, topic, target_id AS targetId, state, tries, http_status AS httpStatus, last_error AS lastError,
       created_at AS createdAt, done_at AS doneAt
     FROM outbox WHERE subject_id IN (?) ORDER BY id DESC LIMIT ${MOST}`,
    [[row.id, ...tasks.map(({ id }) => id)]],
  );
  const rounds = await sql.rows<StoryRound>(
    'SELECT id, round, state, reason, created_at AS createdAt FROM intercept WHERE parcel_id = ? ORDER BY round',
    [row.parcelId],
  );
  const refunds = await refundsOf(
    sql,
    afterSales.map(({ id }) => id),
  );
  const others = await otherParcels(sql, row.parcelId, afterSales);
  return { afterSales, tasks, messages, rounds, otherParcels: others, refunds };
}

/** Parcels of the same orders, beside this one; orders are told apart by shop. */
async function otherParcels(sql: Sql, parcelId: string, afterSales: readonly StoryAfterSale[]): Promise<StoryParcel[]> {
  if (afterSales.length === 0) return [];
  const ids = afterSales.map(({ id }) => id);
  // One branch an index: the after-sales of the parcel themselves, and others of their orders.
  const rows = await sql.rows<Omit<StoryParcel, 'mapped'> & { mapped: number }>(
    `SELECT DISTINCT o.shop_id AS shopId, o.order_id AS orderId, o.after_sale_id AS afterSaleId, p.carrier,
       p.raw_carrier AS rawCarrier, p.mapped, p.waybill_no AS waybillNo, i.id AS interceptId, i.state, i.reason
     FROM (SELECT id FROM after_sale WHERE id IN (?)
       UNION SELECT b.id FROM after_sale a JOIN after_sale b ON b.order_id = a.order_id AND b.shop_id = a.shop_id
       WHERE a.id IN (?)) same
     JOIN after_sale o ON o.id = same.id
     JOIN parcel_after_sale l ON l.after_sale_id = o.id AND l.parcel_id <> ?
     JOIN parcel p ON p.id = l.parcel_id LEFT JOIN intercept i ON i.id = l.intercept_id
     ORDER BY waybillNo LIMIT ${MOST}`,
    [ids, ids, parcelId],
  );
  return rows.map((parcel) => ({ ...parcel, mapped: parcel.mapped === 1 }));
}
