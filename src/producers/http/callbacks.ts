import type { Request, RequestHandler, Response } from 'express';
import type { CarrierAdapter } from '../../domain/carrier/port.js';
import { sha256 } from '../../domain/ids.js';
import { courierSource, type InboxEvent } from '../../domain/store/inbox-store.js';
import { answer } from './answer.js';
import type { Forgeries } from './forgeries.js';
import type { Stored } from './group-commit.js';
import { keepBytes } from './kept-bytes.js';
import { messageOf } from './message.js';
import { CALLBACK_LIMIT_BYTES, rawBody } from './raw-body.js';
import { refuse } from './refusals.js';

export interface CallbackDeps {
  /** The adapter of an enabled courier account; null: there is none of that id. */
  readonly carrierFor: (accountId: string) => CarrierAdapter | null;
  /** The same with the credentials before, while these count (S5). */
  readonly formerFor: (accountId: string) => CarrierAdapter | null;
  readonly store: (rows: readonly InboxEvent[]) => Promise<Stored>;
  readonly forgeries: Forgeries;
  readonly now: () => Date;
}

/**
 * `POST /callbacks/:carrier/:accountId`: a courier's push under the same rules as a platform's webhook. Couriers send no
 * message id, so a push is known by the hash of its bytes.
 */
export function callbackHandlers(deps: CallbackDeps): RequestHandler[] {
  const adapterOf = (req: Request): CarrierAdapter | null => {
    const adapter = deps.carrierFor(String(req.params.accountId));
    return adapter?.manifest.slug === req.params.carrier ? adapter : null;
  };
  const known: RequestHandler = (req, res, next) => {
    if (adapterOf(req)) next();
    else refuse(res, 'unknown_account');
  };
  const take = async (req: Request, res: Response): Promise<void> => {
    const adapter = adapterOf(req);
    if (!adapter) return refuse(res, 'unknown_account');
    const accountId = String(req.params.accountId);
    const source = courierSource(adapter.manifest.slug, accountId);
    const push = messageOf(req);
    if (!adapter.verifyPush(push) && !deps.formerFor(accountId)?.verifyPush(push)) {
      deps.forgeries.note(source);
      return answer(res, adapter, 'bad_signature');
    }
    const row = { source, eventId: sha256(push.body), payload: keepBytes(push.body), receivedAt: deps.now() };
    answer(res, adapter, await deps.store([row]));
  };
  return [known, rawBody(CALLBACK_LIMIT_BYTES), take];
}
