import type { Request, RequestHandler, Response } from 'express';
import type { PlatformAdapter, RawWebhook } from '../../domain/platform/port.js';
import { type InboxEvent, platformSource } from '../../domain/store/inbox-store.js';
import { rowOf } from '../inbox-row.js';
import { answer } from './answer.js';
import type { Forgeries } from './forgeries.js';
import type { Stored } from './group-commit.js';
import { messageOf, queryOf } from './message.js';
import { rawBody, WEBHOOK_LIMIT_BYTES } from './raw-body.js';
import { refuse } from './refusals.js';

export interface WebhookDeps {
  /** The adapter of an enabled shop; null: there is none of that id. */
  readonly platformFor: (shopId: string) => PlatformAdapter | null;
  /** The same with the credentials before, while these count (S5). */
  readonly formerFor: (shopId: string) => PlatformAdapter | null;
  readonly store: (rows: readonly InboxEvent[]) => Promise<Stored>;
  readonly forgeries: Forgeries;
  readonly now: () => Date;
}

/**
 * `GET /webhooks/:platform/:shopId`: some platforms check the address that way when it is saved. Anything else is no
 * message and is answered as such.
 */
export function addressCheck(deps: Pick<WebhookDeps, 'platformFor' | 'forgeries'>): RequestHandler {
  return (req, res) => {
    const adapter = deps.platformFor(String(req.params.shopId));
    if (adapter?.manifest.slug !== req.params.platform) return refuse(res, 'unknown_shop');
    if (!adapter?.answerCheck) return refuse(res.set('Allow', 'POST'), 'method_not_allowed');
    const ack = adapter.answerCheck({ query: queryOf(req) });
    if (ack === null) {
      deps.forgeries.note(platformSource(adapter.manifest.slug, String(req.params.shopId)));
      return answer(res, adapter, 'bad_signature');
    }
    res.status(ack.status).set('Content-Type', ack.contentType).end(ack.body);
  };
}

/** The adapter if this is its message: a platform may sign with the key before for a while. */
const verifiedBy = (adapter: PlatformAdapter | null, webhook: RawWebhook) =>
  adapter?.verify(webhook) ? adapter : null;

/**
 * `POST /webhooks/:platform/:shopId`: known shop, true signature, durable in MySQL, and only then the platform's own
 * ack (design.md step 1). No Redis, no courier and no platform API on this path.
 */
export function webhookHandlers(deps: WebhookDeps): RequestHandler[] {
  const adapterOf = (req: Request): PlatformAdapter | null => {
    const adapter = deps.platformFor(String(req.params.shopId));
    return adapter?.manifest.slug === req.params.platform ? adapter : null;
  };
  // Unknown shops are turned away before their body is read.
  const known: RequestHandler = (req, res, next) => {
    if (adapterOf(req)) next();
    else refuse(res, 'unknown_shop');
  };
  const take = async (req: Request, res: Response): Promise<void> => {
    const present = adapterOf(req);
    if (!present) return refuse(res, 'unknown_shop');
    const shopId = String(req.params.shopId);
    const source = platformSource(present.manifest.slug, shopId);
    const webhook = messageOf(req);
    const adapter = present.verify(webhook) ? present : verifiedBy(deps.formerFor(shopId), webhook);
    if (!adapter) {
      deps.forgeries.note(source);
      return answer(res, present, 'bad_signature');
    }
    const receivedAt = deps.now();
    const rows = adapter.envelopes(webhook).map((e) => rowOf(source, e, receivedAt));
    answer(res, adapter, await deps.store(rows));
  };
  return [known, rawBody(WEBHOOK_LIMIT_BYTES), take];
}
