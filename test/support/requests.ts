import type { Intercept } from '../../src/domain/intercept/intercept.js';
import type { ShopSettings } from '../../src/domain/settings/settings.js';
import { recordAnswer } from '../../src/domain/store/answer-store.js';
import { type Claim, claimForSend } from '../../src/domain/store/claim-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { takeForRedis } from '../../src/domain/store/dispatch-store.js';
import { findIntercept } from '../../src/domain/store/intercept-store.js';
import type { JudgeEnv } from '../../src/domain/store/judgement.js';
import {
  type InterceptRequest,
  type RequestedIntercept,
  type RequestOutcome,
  requestIntercepts,
} from '../../src/domain/store/request-store.js';
import { LANE } from './migrated-database.js';
import { anEnv, aShop } from './picture.js';

/** The n-th request of a test file: full refund of one parcel that was picked up an hour ago. */
function requestNo(n: number, over: Partial<InterceptRequest> = {}): InterceptRequest {
  const number = String(n).padStart(4, '0');
  return {
    shopId: 'dy-main',
    afterSaleId: `700089311400094${number}`,
    orderId: `483580414214675${number}`,
    type: 'refund_only',
    refundAmountFen: 8_900,
    paidAmountFen: 8_900,
    parcels: [
      {
        carrier: 'zto',
        waybillNo: `7310013000${number}`,
        declaredValueFen: 8_900,
        pickedUpAt: new Date(Date.now() - 3_600_000),
      },
    ],
    ...over,
  };
}

/** A shop's system at work on one database: asks for intercepts and looks at their rows. */
export class Erp {
  private n = 0;

  constructor(
    private readonly db: Database,
    readonly env: JudgeEnv = anEnv(),
    private readonly shop: ShopSettings = aShop(),
  ) {}

  /** A request that was not made before. */
  next(over: Partial<InterceptRequest> = {}): InterceptRequest {
    this.n += 1;
    return requestNo(this.n, over);
  }

  ask(request: InterceptRequest, at = new Date(), env = this.env): Promise<RequestOutcome> {
    return requestIntercepts(this.db, env, this.shop, request, 'token:erp', at);
  }

  /** Asks for one new parcel and says what came of it. */
  async askForOne(over: Partial<InterceptRequest> = {}): Promise<RequestedIntercept> {
    const [first] = (await this.ask(this.next(over))).intercepts;
    if (!first) throw new Error('the request opened no intercept');
    return first;
  }

  async askForMany(count: number, over: Partial<InterceptRequest> = {}): Promise<string[]> {
    const ids: string[] = [];
    for (let left = count; left > 0; left -= 10) {
      const made = await Promise.all(Array.from({ length: Math.min(10, left) }, () => this.askForOne(over)));
      ids.push(...made.map((one) => one.id));
    }
    return ids;
  }

  async row(id: string): Promise<Intercept> {
    const found = await findIntercept(this.db, id);
    if (!found) throw new Error(`no intercept ${id}`);
    return found;
  }

  /** Hands everything that is queued over to Redis, on paper. */
  async handOver(id: string): Promise<{ id: string; dispatch: number }> {
    await takeForRedis(this.db, { laneId: LANE, queue: 'intercept', window: 5_000, perMs: null }, new Date());
    return { id, dispatch: (await this.row(id)).dispatch };
  }

  async claim(id: string): Promise<Claim> {
    const claim = await claimForSend(this.db, await this.handOver(id), 5_000, new Date());
    if (!claim) throw new Error(`${id} could not be claimed`);
    return claim;
  }

  /** A new intercept whose order the courier took. */
  async accepted(over: Partial<InterceptRequest> = {}): Promise<Intercept> {
    const { id } = await this.askForOne(over);
    await recordAnswer(this.db, await this.claim(id), ACCEPTED, new Date());
    return this.row(id);
  }
}

export const ACCEPTED = {
  record: { outcome: 'accepted', rawCode: 'SYS000', rawText: 'ok', httpStatus: 200, exchange: null },
  step: { event: 'accept', reason: 'courier_accepted' },
  changes: {},
} as const;
