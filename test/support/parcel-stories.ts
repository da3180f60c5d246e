import { recordAnswer } from '../../src/domain/store/claim-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { ensureLane } from '../../src/domain/store/lane-store.js';
import { type Report, recordReport } from '../../src/domain/store/report-store.js';
import type { InterceptRequest } from '../../src/domain/store/request-store.js';
import type { ParcelPhase, Sighting } from '../../src/domain/tracking/sighting.js';
import { ACCEPTED, type Erp } from './requests.js';

const HOUR_MS = 3_600_000;

/** What an adapter keeps of a call, masked. */
const EXCHANGE = JSON.stringify({
  request: {
    method: 'POST',
    path: '/zto.innovate.intercept.create',
    body: { billCode: '73100130000001', sign: '***' },
  },
  response: { status: 200, body: { status: true, statusCode: 'SYS000' } },
  tookMs: 184,
});

const ANSWERED = { ...ACCEPTED, record: { ...ACCEPTED.record, exchange: EXCHANGE } };

const TOO_LATE = {
  record: {
    outcome: 'refused',
    rawCode: 'E23120',
    rawText: '有派件扫描不允许拦截，派件员 13812345678',
    httpStatus: 200,
    exchange: EXCHANGE,
  },
  step: { event: 'refuse', reason: 'courier_too_late', rule: 'R16' },
  changes: {},
} as const;

const LOST = {
  record: { outcome: 'unknown', rawCode: null, rawText: null, httpStatus: null, exchange: null },
  step: { event: 'lose_answer', reason: 'answer_lost' },
  changes: {},
} as const;

const REPORT: Report = {
  call: null,
  look: null,
  steps: [],
  settle: null,
  nextAt: new Date(Date.now() + HOUR_MS),
  absentSince: null,
  cancelAnswered: false,
};

const STOPPED = { steps: [{ event: 'stop', reason: 'courier_stopped' }] } as const;

function scan(phase: ParcelPhase, minutesAgo: number, text: string, place: string): Sighting {
  const at = new Date(Date.now() - minutesAgo * 60_000);
  return { at, phase, rawCode: phase.toUpperCase(), text, place, source: 'push' };
}

const ON_THE_ROAD = [scan('moving', 50, '快件离开【杭州转运中心】，发往【上海转运中心】', '杭州转运中心')];

/** Makes intercepts in every state a person meets, through the stores that the workers use. */
export class Stories {
  constructor(
    private readonly db: Database,
    readonly erp: Erp,
    private readonly careful: Erp,
  ) {}

  /** `careful` asks for a shop in which a person approves. */
  static async on(db: Database, erp: Erp, careful: Erp): Promise<Stories> {
    for (const { id, carrier } of erp.env.settings.accounts.values()) {
      await ensureLane(db, `${carrier}-${id}`, carrier, id);
    }
    return new Stories(db, erp, careful);
  }

  private async report(id: string, over: Partial<Report>): Promise<string> {
    await recordReport(this.db, this.erp.env, await this.erp.row(id), { ...REPORT, ...over }, new Date());
    return id;
  }

  private look(id: string, sightings: readonly Sighting[]): Promise<string> {
    return this.report(id, { look: { result: 'found', error: null, sightings } });
  }

  async queued(over: Partial<InterceptRequest> = {}): Promise<string> {
    return (await this.erp.askForOne(over)).id;
  }

  async accepted(over: Partial<InterceptRequest> = {}): Promise<string> {
    const id = await this.queued(over);
    await recordAnswer(this.db, await this.erp.claim(id), ANSWERED, new Date());
    return this.look(id, ON_THE_ROAD);
  }

  async intercepted(over: Partial<InterceptRequest> = {}): Promise<string> {
    const call = { kind: 'query', record: { ...ANSWERED.record, outcome: 'answered' }, startedAt: new Date() } as const;
    return this.report(await this.accepted(over), { ...STOPPED, call });
  }

  async returned(): Promise<string> {
    return this.look(await this.intercepted(), [scan('returned', 0, '退回件已签收', '金华仓')]);
  }

  async refused(): Promise<string> {
    const id = await this.queued();
    await recordAnswer(this.db, await this.erp.claim(id), TOO_LATE, new Date());
    return id;
  }

  async uncertain(): Promise<string> {
    const id = await this.queued();
    await recordAnswer(this.db, await this.erp.claim(id), LOST, new Date());
    return id;
  }

  /** Out for delivery before anything was sent: somebody must phone the branch (R69). */
  async phoneBranch(): Promise<string> {
    return this.look(await this.queued(), [scan('out_for_delivery', 1, '快件正在派送', '上海浦东网点')]);
  }

  private parcel(over: Partial<InterceptRequest['parcels'][number]>): Partial<InterceptRequest> {
    // The same parcel as the request would have, with something different about it.
    const { parcels } = this.erp.next();
    return { parcels: parcels.map((parcel) => ({ ...parcel, ...over })) };
  }

  /** Another order in the parcel is not refunded: a person decides (R19). */
  async needsReview(): Promise<string> {
    const orders = [{ orderId: '4835804142146759999', paidFen: 5_000, refund: 'none' as const }];
    return this.queued(this.parcel({ orders }));
  }

  async tooDear(): Promise<string> {
    return this.queued(this.parcel({ declaredValueFen: 128_000 }));
  }

  async notPickedUp(): Promise<string> {
    return this.queued(this.parcel({ pickedUpAt: undefined }));
  }

  /** Held until a person approves (R76). */
  async awaitingApproval(): Promise<string> {
    const [first] = (await this.careful.ask({ ...this.erp.next(), shopId: 'dy-approve' })).intercepts;
    return first?.id ?? '';
  }

  /** The courier stops the parcel of an accepted order. */
  async stop(id: string): Promise<void> {
    await this.report(id, STOPPED);
  }

  async expired(): Promise<string> {
    return this.queued({ deadlineAt: new Date(Date.now() - 60_000) });
  }
}
