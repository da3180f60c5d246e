import { laneIdOf } from '../../src/domain/ids.js';
import { type Answer, recordAnswer } from '../../src/domain/store/answer-store.js';
import { type Claim, claimForSend } from '../../src/domain/store/claim-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { takeForRedis } from '../../src/domain/store/dispatch-store.js';
import { ensureLanes, noteCanary } from '../../src/domain/store/lane-store.js';
import type { Report } from '../../src/domain/store/report-store.js';
import type { InterceptRequest } from '../../src/domain/store/request-store.js';
import type { ParcelPhase, Sighting } from '../../src/domain/tracking/sighting.js';
import { recordReport } from './record-report.js';
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

/** Makes intercepts in every state a person meets, through the stores that the workers use. */
export class Stories {
  /** How long ago the next thing happens, ms. */
  private agoMs = 0;

  constructor(
    private readonly db: Database,
    readonly erp: Erp,
    private readonly careful: Erp,
  ) {}

  /** `careful` asks for a shop in which a person approves. */
  static async on(db: Database, erp: Erp, careful: Erp): Promise<Stories> {
    for (const { id, carrier } of erp.env.settings.accounts.values()) {
      await ensureLanes(db, [{ carrier, id }]);
      // Workers are at work, all the time that a test may take.
      await noteCanary(db, laneIdOf(carrier, id), new Date(Date.now() + 24 * HOUR_MS));
    }
    return new Stories(db, erp, careful);
  }

  /** What follows happened so many minutes ago. */
  ago(minutes: number): this {
    this.agoMs = minutes * 60_000;
    return this;
  }

  private now(earlierMs = 0): Date {
    return new Date(Date.now() - this.agoMs - earlierMs);
  }

  private scan(phase: ParcelPhase, text: string, place: string): Sighting {
    return { at: this.now(60_000), phase, rawCode: phase.toUpperCase(), text, place, source: 'push' };
  }

  private async report(id: string, over: Partial<Report>): Promise<string> {
    await recordReport(this.db, this.erp.env, await this.erp.row(id), { ...REPORT, ...over }, this.now());
    return id;
  }

  private look(id: string, sightings: readonly Sighting[]): Promise<string> {
    return this.report(id, { look: { result: 'found', error: null, sightings } });
  }

  /** Asks for one new parcel, picked up an hour before. */
  async queued(over: Partial<InterceptRequest> = {}, erp = this.erp): Promise<string> {
    const request = this.erp.next(over);
    const parcels = request.parcels.map((parcel) =>
      parcel.pickedUpAt ? { ...parcel, pickedUpAt: this.now(HOUR_MS) } : parcel,
    );
    const [first] = (await erp.ask({ ...request, parcels }, this.now())).intercepts;
    if (!first) throw new Error('the request opened no intercept');
    return first.id;
  }

  /** The right to send, as a worker of the row's own lane gets it. */
  private async claim(id: string): Promise<Claim> {
    const { laneId } = await this.erp.row(id);
    const order = { laneId: laneId ?? '', queue: 'intercept', window: 5_000, perMs: null } as const;
    await takeForRedis(this.db, order, this.now());
    const { dispatch } = await this.erp.row(id);
    const claim = await claimForSend(this.db, { id, dispatch }, HOUR_MS, this.now());
    if (!claim) throw new Error(`${id} could not be claimed`);
    return claim;
  }

  private async answered(id: string, answer: Answer): Promise<string> {
    await recordAnswer(this.db, await this.claim(id), answer, this.now(-184));
    return id;
  }

  async sending(over: Partial<InterceptRequest> = {}): Promise<string> {
    const id = await this.queued(over);
    await this.claim(id);
    return id;
  }

  async accepted(over: Partial<InterceptRequest> = {}): Promise<string> {
    const id = await this.answered(await this.queued(over), ANSWERED);
    return this.look(id, [this.scan('moving', '快件离开【杭州转运中心】，发往【上海转运中心】', '杭州转运中心')]);
  }

  /** The courier stops the parcel of an accepted order. */
  async stop(id: string): Promise<string> {
    const record = { ...ANSWERED.record, outcome: 'answered' as const };
    const steps = [{ event: 'stop', reason: 'courier_stopped' }] as const;
    return this.report(id, { steps, call: { kind: 'query', record, startedAt: this.now(120) } });
  }

  async intercepted(over: Partial<InterceptRequest> = {}): Promise<string> {
    return this.stop(await this.accepted(over));
  }

  async returned(over: Partial<InterceptRequest> = {}): Promise<string> {
    return this.look(await this.intercepted(over), [this.scan('returned', '退回件已签收', '金华仓')]);
  }

  async refused(over: Partial<InterceptRequest> = {}): Promise<string> {
    return this.answered(await this.queued(over), TOO_LATE);
  }

  async uncertain(over: Partial<InterceptRequest> = {}): Promise<string> {
    return this.answered(await this.queued(over), LOST);
  }

  /** Out for delivery before anything was sent: somebody must phone the branch (R69). */
  async phoneBranch(over: Partial<InterceptRequest> = {}): Promise<string> {
    const id = await this.queued(over);
    return this.look(id, [this.scan('out_for_delivery', '快件正在派送', '上海浦东网点')]);
  }

  /** A request for one parcel with something different about it. */
  private parcel(over: Partial<InterceptRequest['parcels'][number]>): Partial<InterceptRequest> {
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
    return this.queued({ shopId: 'dy-approve' }, this.careful);
  }

  async expired(): Promise<string> {
    return this.queued({ deadlineAt: this.now(60_000) });
  }
}
