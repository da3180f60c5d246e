import type { Finding } from '../eligibility/case.js';
import type { InterceptState } from '../intercept/machine.js';
import type { ShopSettings } from '../settings/settings.js';
import { type Refusal, retry } from './action-store.js';
import type { Database, Sql } from './database.js';
import { dryRun } from './dry-run.js';
import { type InterceptView, readIntercept } from './intercept-reader.js';
import { findIntercept } from './intercept-store.js';
import type { JudgeEnv, Release } from './judgement.js';
import { type InterceptRequest, requestIn } from './request-store.js';

/** What starting one parcel would come to. */
export interface PreviewedParcel {
  readonly intercept: InterceptView;
  /** Every rule against it, lowest first. */
  readonly failed: readonly Finding[];
  /** By the tariff of the day, fen; null: there is none. */
  readonly feeFen: number | null;
  /** Where it stands now; null: it has no intercept yet, or this would be a new round. */
  readonly before: InterceptState | null;
  /** Why nothing can be started; null: it can, and `intercept` is what it would become. */
  readonly refusal: Refusal | null;
}

function parcelOf(intercept: InterceptView, before: InterceptState | null): PreviewedParcel {
  const { failed = [] } = JSON.parse(intercept.decision) as { failed?: readonly Finding[] };
  return { intercept, failed, feeFen: intercept.priceFen, before, refusal: null };
}

async function seen(tx: Sql, id: string): Promise<InterceptView> {
  const view = await readIntercept(tx, id, null);
  if (!view) throw new Error(`intercept ${id} is not there in its own transaction`);
  return view;
}

/** What a request would come to, parcel by parcel; nothing is kept of it. The caller has checked the shop. */
export async function previewRequest(
  db: Database,
  env: JudgeEnv,
  shop: ShopSettings,
  request: InterceptRequest,
  by: { readonly actor: string; readonly release: Release | null },
  now: Date,
): Promise<PreviewedParcel[]> {
  const would = await dryRun(db, async (tx) => {
    const { intercepts } = await requestIn(tx, env, shop, request, by.actor, now, by.release);
    const views: InterceptView[] = [];
    for (const { id } of intercepts) views.push(await seen(tx, id));
    return views;
  });
  return Promise.all(would.map(async (view) => parcelOf(view, (await findIntercept(db, view.id))?.state ?? null)));
}

/** What a person's release of a known intercept would come to. null: there is none that a holder of `shops` may see. */
export async function previewAgain(
  db: Database,
  env: JudgeEnv,
  id: string,
  by: { readonly actor: string; readonly shops: readonly string[] | null },
  now: Date,
): Promise<PreviewedParcel | null> {
  const view = await readIntercept(db, id, by.shops);
  if (!view) return null;
  const outcome = await dryRun(db, async (tx) => {
    const here = { transaction: <T>(work: (sql: Sql) => Promise<T>) => work(tx) };
    const done = await retry(here, env, id, by.actor, now);
    return done.ok ? { ok: true as const, view: await seen(tx, done.row.id) } : done;
  });
  if (!outcome.ok) return { ...parcelOf(view, view.state), refusal: outcome.why };
  return parcelOf(outcome.view, outcome.view.id === id ? view.state : null);
}
