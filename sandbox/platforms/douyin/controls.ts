import { ControlError, type ControlRoute } from '../../frame/control.js';
import type { Delivery } from '../../frame/deliveries.js';
import { isRecord } from '../../frame/wire-json.js';
import type { AfterSale, AfterSaleBook } from './after-sale.js';
import { EMIT, type EmitSpec, PUSH } from './push-spec.js';
import type { Storm } from './storm.js';
import type { Webhooks } from './webhooks.js';

export interface Storms {
  open(spec: EmitSpec, at: number): Storm;
  get(emitId: number): Storm | undefined;
}

/** Douyin's part of the control API. */
export function douyinControls(book: AfterSaleBook, hooks: Webhooks, storms: Storms): readonly ControlRoute[] {
  return [...afterSaleRoutes(book), ...pushRoutes(book, hooks), ...stormRoutes(book, storms)];
}

function afterSaleRoutes(book: AfterSaleBook): readonly ControlRoute[] {
  return [
    {
      method: 'POST',
      path: '/_twin/after-sales',
      effect: 'change',
      handle: ({ body, at }) => ({ status: 201, body: { created: book.create(body, at) } }),
    },
    {
      method: 'GET',
      path: '/_twin/after-sales/:afterSaleId',
      effect: 'read',
      handle: ({ params }) => ({ status: 200, body: known(book, params.afterSaleId) }),
    },
    {
      method: 'PATCH',
      path: '/_twin/after-sales/:afterSaleId',
      effect: 'change',
      handle: ({ params, body, at }) => {
        if (!isRecord(body)) throw new ControlError(400, 'the body is not an object');
        return { status: 200, body: book.change(known(book, params.afterSaleId), body, at) };
      },
    },
  ];
}

function pushRoutes(book: AfterSaleBook, hooks: Webhooks): readonly ControlRoute[] {
  return [
    {
      method: 'POST',
      path: '/_twin/push',
      effect: 'send',
      handle: ({ body }) => {
        const spec = PUSH.parse(body);
        const { tag } = spec;
        const hook =
          tag === '0'
            ? hooks.composeUrlCheck(spec)
            : hooks.compose([{ afterSale: known(book, spec.afterSaleId), tag }], spec);
        const pushIds = Array.from({ length: spec.count }, () => hooks.send(hook, spec));
        return { status: 202, body: { pushIds, eventIds: hook.eventIds } };
      },
    },
    {
      method: 'GET',
      path: '/_twin/pushes',
      effect: 'read',
      handle: ({ query }) => {
        const all = [...hooks.deliveries.all];
        const wanted = query.get('unacknowledged') === '1' ? all.filter(({ ackedAt }) => ackedAt === null) : all;
        return { status: 200, body: { pushes: wanted.map(shownDelivery) } };
      },
    },
  ];
}

function stormRoutes(book: AfterSaleBook, storms: Storms): readonly ControlRoute[] {
  return [
    {
      method: 'POST',
      path: '/_twin/emit',
      effect: 'change',
      handle: ({ body, at }) => {
        const spec = EMIT.parse(body);
        for (const event of spec.events ?? []) known(book, event.afterSaleId);
        for (const afterSaleId of spec.afterSaleIds ?? []) known(book, afterSaleId);
        const storm = storms.open(spec, at);
        return { status: 202, body: { emitId: storm.emitId, ...storm.size } };
      },
    },
    {
      method: 'GET',
      path: '/_twin/emit/:emitId',
      effect: 'read',
      handle: ({ params }) => {
        const storm = storms.get(Number(params.emitId));
        if (storm === undefined) throw new ControlError(404, `no storm ${params.emitId ?? ''}`);
        return { status: 200, body: storm.progress() };
      },
    },
  ];
}

function known(book: AfterSaleBook, afterSaleId: string | undefined): AfterSale {
  const afterSale = book.get(afterSaleId ?? '');
  if (afterSale === undefined) throw new ControlError(404, `no after-sale ${afterSaleId ?? ''}`);
  return afterSale;
}

function shownDelivery({ push, firstSentAt, ackedAt, givenUp, answers }: Delivery) {
  const { eventIds, tags, afterSaleIds } = push.facts;
  const attempts = answers.map(({ at, status, answer, error, ms }) => ({ at, status, answer, error, ms }));
  const { pushId, url: targetUrl } = push;
  return { pushId, eventIds, tags, afterSaleIds, targetUrl, firstSentAt, ackedAt, givenUp, attempts };
}
