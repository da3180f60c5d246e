import { Loop, type LoopReport } from '../../domain/loop.js';
import type { Settings } from '../../domain/settings/settings.js';
import type { TargetSettings } from '../../domain/settings/targets.js';
import { raiseAlert } from '../../domain/store/alert-store.js';
import type { Database } from '../../domain/store/database.js';
import {
  claimMessages,
  dropOldMessages,
  dueTargets,
  fixBody,
  giveUpOld,
  isStale,
  markDelivered,
  markFailed,
  type Outgoing,
} from '../../domain/store/delivery-store.js';
import { disableTarget } from '../../domain/store/target-store.js';
import { type Resolve, systemResolve } from './address-guard.js';
import { bodyOf, type Presenters } from './body.js';
import { botRefusal, botRequest } from './bots.js';
import { openPost, type Post, type PostResult } from './post.js';
import { nextTry } from './retry.js';
import { plainHeaders, signatureHeaders } from './sign.js';

export interface NotifierDeps {
  readonly db: Database;
  readonly settings: () => Settings;
  readonly show: Presenters;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  readonly report: LoopReport;
  /** For tests; the system's own by default. */
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
  /** How long a claimed message belongs to this process, ms: longer than a POST can take. */
  readonly leaseMs?: number;
}

/** Messages to one target that are under way at once, a process: a dead target holds these, and nobody else's. */
const AT_ONCE = 4;
const EVERY_MS = 500;
const TIDY_EVERY_MS = 60_000;
const TIMEOUT_MS = 10_000;
const LEASE_MS = 30_000;
/** A receiver that asks for quiet gets it for all its messages, but not longer than this, ms. */
const LONGEST_REST_MS = 3_600_000;
const GONE = 410;

/** One target in this process. */
interface Way {
  readonly url: string;
  readonly post: Post;
  underWay: number;
  restUntil: number;
}

/** What a try means for its message. */
type Judged = { readonly ok: true; readonly status: number } | { readonly ok: false; readonly why: string };

/**
 * Brings messages from the outbox to their targets, at least once each: claimed in MySQL before the POST, marked after
 * it. Any number of processes may run one; they share by claims, and each target has its own room in each process.
 */
export class Notifier {
  private readonly ways = new Map<string, Way>();
  private readonly underWay = new Set<Promise<void>>();
  private readonly loop: Loop;
  private readonly tidying: Loop;

  constructor(private readonly deps: NotifierDeps) {
    this.loop = new Loop('notify', EVERY_MS, () => this.startDue(), deps.report);
    this.tidying = new Loop('notify tidying', TIDY_EVERY_MS, () => this.tidy(), deps.report);
  }

  /** Looks for messages at once. */
  wake(): void {
    this.loop.wake();
  }

  /** Starts nothing new and lets what is under way end; its deadline bounds it. */
  async stop(): Promise<void> {
    await Promise.all([this.loop.stop(), this.tidying.stop()]);
    await Promise.all(this.underWay);
    await Promise.all([...this.ways.values()].map((way) => way.post.close()));
    this.ways.clear();
  }

  private async startDue(): Promise<void> {
    const { db, settings, now } = this.deps;
    const free = [...settings().targets.values()].filter((target) => {
      const way = this.ways.get(target.id);
      return target.enabled && (!way || (way.underWay < AT_ONCE && way.restUntil <= now().getTime()));
    });
    const due = new Set(
      await dueTargets(
        db,
        free.map((target) => target.id),
        now(),
      ),
    );
    for (const target of free) {
      if (!due.has(target.id)) continue;
      const way = this.wayTo(target);
      const room = AT_ONCE - way.underWay;
      for (const message of await claimMessages(db, target.id, room, this.deps.leaseMs ?? LEASE_MS, now())) {
        this.start(target, way, message);
      }
    }
  }

  /** The connections to a target; a new URL gets new ones. */
  private wayTo(target: TargetSettings): Way {
    const known = this.ways.get(target.id);
    if (known?.url === target.url) return known;
    const { timeoutMs = TIMEOUT_MS, resolve = systemResolve } = this.deps;
    const post = openPost(target.url, { timeoutMs, resolve, connections: AT_ONCE });
    const way = { url: target.url, post, underWay: 0, restUntil: 0 };
    this.ways.set(target.id, way);
    void known?.post.close();
    return way;
  }

  private start(target: TargetSettings, way: Way, message: Outgoing): void {
    way.underWay += 1;
    const done = this.deliver(target, way, message)
      .catch((error: unknown) => this.deps.report('notify', error))
      .finally(() => {
        way.underWay -= 1;
        this.underWay.delete(done);
        this.loop.wake();
      });
    this.underWay.add(done);
  }

  private async deliver(target: TargetSettings, way: Way, message: Outgoing): Promise<void> {
    const { db, now, log } = this.deps;
    if (isForPeople(target) && (await isStale(db, message))) {
      const why = 'its condition was gone before anybody was told';
      await markFailed(db, message, { status: null, why, again: null }, now());
      return;
    }
    const body = message.body ?? (await fixBody(db, message.id, await bodyOf(db, message, this.deps.show)));
    const { headers, payload, query } = requestOf(target, message, body, now());
    const result = await way.post.send(
      { 'content-type': 'application/json', 'user-agent': 'Jiejian', ...headers },
      payload,
      query,
    );
    const judged = judge(target, result);
    const said = { target: target.id, message: message.messageId, type: message.topic, tries: message.tries };
    if (judged.ok) {
      await markDelivered(db, message.id, judged.status, now());
      log('notify.delivered', said);
      return;
    }
    const status = result.answered ? result.status : null;
    const retryAfterMs = result.answered ? result.retryAfterMs : null;
    if (retryAfterMs !== null) way.restUntil = now().getTime() + Math.min(LONGEST_REST_MS, retryAfterMs);
    const again = status === GONE ? null : nextTry(message.tries, retryAfterMs, message.giveUpAt, now());
    await markFailed(db, message, { status, why: judged.why, again }, now());
    log('notify.failed', { ...said, status, why: judged.why, again: again?.toISOString() ?? null });
    if (status === GONE) await this.letGo(target);
  }

  /** 410: the receiver wants nothing from us any more (Standard Webhooks, "Delivery success and failure"). */
  private async letGo(target: TargetSettings): Promise<void> {
    const { db, now, log } = this.deps;
    if (!(await disableTarget(db, target.id, 'answered 410 Gone', now()))) return;
    log('notify.target_gone', { target: target.id });
    await raiseAlert(db, 'endpoint_gone', target.id, now());
  }

  private async tidy(): Promise<boolean> {
    const { db, now } = this.deps;
    const ended = await giveUpOld(db, now());
    const dropped = await dropOldMessages(db, now());
    return ended + dropped > 0;
  }
}

function requestOf(
  target: TargetSettings,
  message: Outgoing,
  body: string,
  now: Date,
): {
  readonly headers: Record<string, string>;
  readonly payload: string;
  readonly query?: Readonly<Record<string, string>>;
} {
  const { kind, secret } = target;
  if (kind === 'endpoint' && secret !== null) {
    return { headers: signatureHeaders(secret, message.messageId, now, body), payload: body };
  }
  if (kind === 'endpoint' || kind === 'webhook') {
    return { headers: plainHeaders(message.messageId, now), payload: body };
  }
  const { query, body: wrapped } = botRequest(kind, body, secret, now);
  return { headers: {}, payload: JSON.stringify(wrapped), query };
}

/** A chat is told what to do; a system is told everything that happened. */
const isForPeople = ({ id }: TargetSettings) => id.startsWith('notifications/');

function judge(target: TargetSettings, result: PostResult): Judged {
  if (!result.answered) return { ok: false, why: result.why };
  const { status, text } = result;
  if (status < 200 || status > 299) return { ok: false, why: `answered HTTP ${status}` };
  const isBot = target.kind !== 'endpoint' && target.kind !== 'webhook';
  const refusal = isBot ? botRefusal(target.kind, text) : null;
  return refusal === null ? { ok: true, status } : { ok: false, why: refusal };
}
