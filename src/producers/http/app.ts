import { Router } from 'express';
import type { CarrierAdapter } from '../../domain/carrier/port.js';
import type { PlatformAdapter } from '../../domain/platform/port.js';
import { DatabaseUnavailable } from '../../domain/store/database.js';
import type { InboxEvent } from '../../domain/store/inbox-store.js';
import { callbackHandlers } from './callbacks.js';
import { Forgeries } from './forgeries.js';
import { GroupCommit, type GroupCommitOptions } from './group-commit.js';
import { refuse } from './refusals.js';
import { addressCheck, webhookHandlers } from './webhooks.js';

export interface IntakeDeps {
  /** The adapter of an enabled shop; null: unknown or disabled. Cached by the caller. */
  readonly platformFor: (shopId: string) => PlatformAdapter | null;
  /** The adapter of an enabled courier account; null: unknown or disabled. Cached by the caller. */
  readonly carrierFor: (accountId: string) => CarrierAdapter | null;
  /** The same with the credentials before, while a sender may still use them (S5). */
  readonly former: Pick<IntakeDeps, 'platformFor' | 'carrierFor'>;
  /** Writes inbox rows durably: resolves after the commit. */
  readonly insert: (rows: readonly InboxEvent[]) => Promise<void>;
  /** Wakes the intake after a commit. */
  readonly onStored: () => void;
  /** Counts a message whose signature is wrong. */
  readonly onBadSignature: (source: string) => void;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  readonly now?: () => Date;
  readonly commit?: Omit<GroupCommitOptions, 'insert' | 'onStored' | 'onRefused' | 'onUnavailable'>;
}

/** The driver's code alone: its error carries the statement with the buyer's data in it. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}

/** The doors for events: platforms' webhooks and couriers' pushes. Needs the database and nothing else. */
export function createIntakeRouter(deps: IntakeDeps): Router {
  const commit = new GroupCommit({
    ...deps.commit,
    insert: deps.insert,
    onStored: deps.onStored,
    onRefused: ({ source, eventId }, error) => deps.log('intake.refused', { source, eventId, code: codeOf(error) }),
    onUnavailable: (error) => {
      // An unreachable database has its own readiness and its own alarms; anything else here is news.
      if (!(error instanceof DatabaseUnavailable)) deps.log('intake.store_failed', { code: codeOf(error) });
    },
  });
  const forgeries = new Forgeries(deps.log, deps.onBadSignature);
  const shared = { store: commit.store.bind(commit), forgeries, now: deps.now ?? (() => new Date()) };
  const router = Router();
  router
    .route('/webhooks/:platform/:shopId')
    .get(addressCheck({ ...shared, platformFor: deps.platformFor }))
    .post(...webhookHandlers({ ...shared, platformFor: deps.platformFor, formerFor: deps.former.platformFor }))
    .all((_req, res) => refuse(res.set('Allow', 'POST'), 'method_not_allowed'));
  router
    .route('/callbacks/:carrier/:accountId')
    .post(...callbackHandlers({ ...shared, carrierFor: deps.carrierFor, formerFor: deps.former.carrierFor }))
    .all((_req, res) => refuse(res.set('Allow', 'POST'), 'method_not_allowed'));
  return router;
}
