import { z } from 'zod';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, CallLine, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { readJsonObject } from '../../frame/wire-json.js';
import { AfterSaleBook } from './after-sale.js';
import type { DouyinCodeName } from './codes.js';
import { douyinControls } from './controls.js';
import { answerDetail, DETAIL, gatewayAnswer, gatewayProblem, INTERCEPT, LIST, OPERATE } from './gateway.js';
import { InterceptDesk, interceptSubject } from './intercept.js';
import { answerList } from './list.js';
import { OperateDesk, operateSubject } from './operate.js';
import { type DouyinOptions, DouyinSwitches } from './options.js';
import type { EmitSpec } from './push-spec.js';
import { Storm, stormOf } from './storm.js';
import { douyinSummary } from './summary.js';
import { Webhooks } from './webhooks.js';

const WINDOW_MS = z.coerce.number().positive().default(1000);

/** A call that does not prove who it is. Everything else that the gateway refuses is badly formed. */
const UNPROVEN: ReadonlySet<DouyinCodeName> = new Set([
  'appKeyMissing',
  'appKeyInvalid',
  'signMissing',
  'signInvalid',
  'tokenMissing',
  'tokenUnknown',
  'tokenExpired',
]);

/** Douyin Shop's open platform with its after-sales, over the frame. */
export class DouyinTwin implements Twin {
  readonly name = 'douyin';
  readonly switches = new DouyinSwitches();
  readonly #book = new AfterSaleBook();
  readonly #hooks: Webhooks;
  readonly #storms = new Map<number, Storm>();
  readonly #limits = new EndpointLimits();
  readonly #intercepts: InterceptDesk;
  readonly #decisions = new OperateDesk(this.#book);
  readonly #endpoints: Readonly<Record<string, (call: Call) => Outcome>>;
  #running = false;

  constructor(
    readonly context: TwinContext,
    readonly options: DouyinOptions,
  ) {
    this.#hooks = new Webhooks(context, options, this.#book);
    this.#intercepts = new InterceptDesk(this.#book, context.clock);
    this.#endpoints = {
      [DETAIL]: (call) => answerDetail(this.#book, call),
      [LIST]: (call) => answerList(this.#book, this.#intercepts, call),
      [INTERCEPT]: (call) => this.#intercepts.apply(call),
      [OPERATE]: (call) => this.#decisions.apply(call),
    };
  }

  get controls() {
    const open = (spec: EmitSpec, at: number) => this.#openStorm(spec, at);
    return douyinControls(this.#book, this.#hooks, { open, get: (emitId) => this.#storms.get(emitId) });
  }

  subjectOf(call: Call): string | undefined {
    if (call.endpoint === INTERCEPT) return interceptSubject(call);
    if (call.endpoint === OPERATE) return operateSubject(call);
    const id = readJsonObject(call.raw.toString('utf8'))?.after_sale_id;
    return typeof id === 'string' ? id : undefined;
  }

  handle(call: Call): Outcome {
    const endpoint = this.#endpoints[call.endpoint];
    if (endpoint === undefined) return gatewayAnswer('noSuchApi', call, { verdict: 'bad_request' });
    const problem = gatewayProblem(this.options, this.switches, call);
    if (problem !== undefined) return gatewayAnswer(problem, call, this.#refusedLine(call, problem));
    const allowed = this.#limits.allow(call.endpoint, this.switches.values.rateLimit, call.at);
    return allowed ? endpoint(call) : this.throttled(call);
  }

  throttled(call: Call): Outcome {
    return gatewayAnswer('throttled', call, { verdict: 'throttled', waybillNo: this.subjectOf(call) });
  }

  restore(entry: LedgerEntry): void {
    this.#hooks.restore(entry);
    this.#intercepts.restore(entry);
    this.#decisions.restore(entry);
    const part = stormOf(entry);
    if (part !== undefined) this.#storms.get(part.emitId)?.restore(part.push);
  }

  summary(query: URLSearchParams) {
    const windowMs = WINDOW_MS.parse(query.get('windowMs') ?? undefined);
    return { ...douyinSummary(this.context, this.#book, this.#hooks, windowMs), paid: this.#decisions.paid };
  }

  start(): void {
    this.#running = true;
    this.#hooks.deliveries.start();
    for (const storm of this.#storms.values()) storm.start();
  }

  stop(): void {
    this.#running = false;
    this.#hooks.deliveries.stop();
    for (const storm of this.#storms.values()) storm.stop();
  }

  #openStorm(spec: EmitSpec, at: number): Storm {
    const storm = new Storm(this.#storms.size + 1, spec, at, this.#hooks, this.#book);
    this.#storms.set(storm.emitId, storm);
    if (this.#running) storm.start();
    return storm;
  }

  #refusedLine(call: Call, problem: DouyinCodeName): CallLine {
    return { verdict: UNPROVEN.has(problem) ? 'bad_signature' : 'bad_request', waybillNo: this.subjectOf(call) };
  }
}
