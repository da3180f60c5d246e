import { type House, platformShopId } from './house.js';
import { until } from './until.js';

let made = 0;

/** A refund-only of everything the buyer paid, for a parcel that was picked up two hours ago and is on the road. */
export interface Refund {
  readonly afterSaleId: string;
  readonly orderId: string;
  readonly waybillNo: string;
}

export interface RefundOptions {
  /** Never ends by itself: what the courier does with the order is up to the test. */
  readonly outcome?: 'success' | 'never';
  readonly intercept?: Record<string, unknown>;
  /** What the platform's own intercept API says of the parcel. */
  readonly atPlatform?: Record<string, unknown>;
  /** Index of its shop in the house; default the first. */
  readonly shop?: number;
}

/** A refund with what both twins are told of it. */
function compose(options: RefundOptions): { refund: Refund; parcel: object; afterSale: object } {
  made += 1;
  const n = String(made).padStart(6, '0');
  const refund = { afterSaleId: `7000893114000${n}`, orderId: `4835804142146${n}`, waybillNo: `73100130${n}` };
  const quick = {
    outcome: options.outcome ?? 'success',
    afterMs: 200,
    returnScanAfterMs: 200,
    returnSignedAfterMs: 200,
  };
  const parcel = {
    waybillNo: refund.waybillNo,
    timeline: [
      { action: 'GOT', afterMs: -7_200_000 },
      { action: 'DEPARTURE', afterMs: -3_600_000 },
    ],
    intercept: options.intercept ?? quick,
  };
  const afterSale = {
    shopId: platformShopId(options.shop ?? 0),
    afterSaleId: refund.afterSaleId,
    orderId: refund.orderId,
    skuOrderId: refund.orderId,
    type: 1,
    status: 6,
    refundAmountFen: 8900,
    paidFen: 8900,
    postFen: 0,
    partType: 0,
    parcels: [
      {
        trackingNo: refund.waybillNo,
        companyCode: 'zhongtong',
        companyName: '中通快递',
        intercept: options.atPlatform,
      },
    ],
  };
  return { refund, parcel, afterSale };
}

/** Makes refunds and their parcels known to both twins; nothing is pushed yet. */
export async function someRefunds(house: House, count: number, options: RefundOptions = {}): Promise<Refund[]> {
  const made = Array.from({ length: count }, () => compose(options));
  await house.control(
    house.zto,
    'parcels',
    made.map(({ parcel }) => parcel),
  );
  await house.control(
    house.douyin,
    'after-sales',
    made.map(({ afterSale }) => afterSale),
  );
  return made.map(({ refund }) => refund);
}

/** Makes one. */
export async function aRefund(house: House, options: RefundOptions = {}): Promise<Refund> {
  const [refund] = await someRefunds(house, 1, options);
  if (!refund) throw new Error('no refund was made');
  return refund;
}

/** The platform pushes one event about the refund, as often as `count` says. */
export async function push(house: House, refund: Refund, tag = '200', count = 1): Promise<void> {
  await house.control(house.douyin, 'push', {
    tag,
    afterSaleId: refund.afterSaleId,
    count,
    targetUrl: `${house.url}/webhooks/douyin/dy-main`,
  });
}

export interface Seen {
  readonly id: string;
  readonly state: string;
  readonly reason: string;
}

/** The intercept of this parcel as the database has it, or undefined. */
export async function seen(house: House, refund: Refund): Promise<Seen | undefined> {
  const rows = await house.db.rows<Seen>(
    'SELECT id, state, reason FROM intercept WHERE waybill_no = ? ORDER BY round DESC',
    [refund.waybillNo],
  );
  return rows[0];
}

/** Waits until the parcel's intercept is in one of these states. */
export async function reaches(
  house: House,
  refund: Refund,
  states: readonly string[],
  timeoutMs = 20_000,
): Promise<Seen> {
  let last: Seen | undefined;
  try {
    return await until(
      async () => {
        last = await seen(house, refund);
        return last && states.includes(last.state) ? last : null;
      },
      { what: `${refund.waybillNo} to be ${states.join(' or ')}`, timeoutMs },
    );
  } catch (error) {
    throw new Error(`${refund.waybillNo} is ${last?.state ?? 'unknown'} (${last?.reason ?? '-'})`, { cause: error });
  }
}
