import { createHash } from 'node:crypto';
import type { CarrierRequest } from '../../../domain/carrier/port.js';
import { type EventEnvelope, type PlatformEvent, UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fieldsAt, idAt, isFields, timeAt } from '../fields.js';
import { type GatewayCall, gatewayRequest } from './gateway.js';
import type { DouyinCredentials } from './manifest.js';

/** The documented most. */
const LIST_SIZE = 100;

export interface ListQuery {
  /** Unix seconds. */
  readonly fromS: number;
  readonly toS: number;
  /** From 0. */
  readonly page: number;
  /** `order_logistics_state`; 3: the express is on its way back to the shop, intercepted or refused. */
  readonly logisticsState?: 3;
}

/** The signed request for one page of afterSale.List, the oldest change first (reference 1.3, 1.4). */
export function listRequest(credentials: DouyinCredentials, query: ListQuery, nowMs: number): CarrierRequest {
  const params: GatewayCall['params'] = {
    order_by: ['update_time asc'],
    page: query.page,
    size: LIST_SIZE,
    update_start_time: query.fromS,
    update_end_time: query.toS,
    ...(query.logisticsState === undefined ? {} : { order_logistics_state: query.logisticsState }),
  };
  return gatewayRequest(credentials, { method: 'afterSale.List', params, effect: 'read' }, nowMs);
}

export interface ListPage {
  readonly records: readonly unknown[];
  /** By the platform's word; null: it does not say. */
  readonly total: number | null;
}

/**
 * The records of a page. The shape of this answer is not in our reference, so no name is trusted: the records are the one
 * list that `data` holds. None at all is an empty page only if the total says so too. Throws UnreadableEvent.
 */
export function readPage(data: Fields): ListPage {
  const count = codeAt(data, 'total');
  const total = count === undefined ? null : Number(count);
  const lists = Object.values(data).filter((value) => Array.isArray(value));
  const [records, second] = lists;
  if (second !== undefined) throw new UnreadableEvent('the page holds more than one list');
  if (records === undefined && total !== 0) throw new UnreadableEvent('the page holds no list');
  return { records: records ?? [], total };
}

/** The platform writes the name both ways: afterSale.Detail the first, its messages the second. */
const ID_NAMES = ['after_sale_id', 'aftersale_id'] as const;

interface Listed {
  readonly afterSaleId: string;
  readonly atMs: number;
}

/** The object that names the after-sale: the record itself, or the one part of it that does. Throws UnreadableEvent. */
function listedIn(record: Fields): Listed {
  const holders = [record, ...Object.values(record).filter(isFields)];
  const named = holders.flatMap((holder) =>
    ID_NAMES.flatMap((name) => {
      const afterSaleId = idAt(holder, name);
      return afterSaleId === undefined ? [] : [{ holder, afterSaleId }];
    }),
  );
  const [first] = named;
  if (!first) throw new UnreadableEvent('a record of the list names no after-sale');
  if (named.some(({ afterSaleId }) => afterSaleId !== first.afterSaleId)) {
    throw new UnreadableEvent('a record of the list names two after-sales');
  }
  const atMs = timeAt(first.holder, 'update_time');
  if (atMs === undefined) throw new UnreadableEvent('update_time of a record of the list is missing');
  return { afterSaleId: first.afterSaleId, atMs };
}

/** The after-sale that a record is about; null: it cannot be read. */
export function afterSaleIdOf(record: unknown): string | null {
  try {
    return listedIn(fieldsAt(record, 'a record of the list')).afterSaleId;
  } catch {
    return null;
  }
}

/** A record as the inbox keeps it: known by its after-sale and version, an unreadable one by its text. */
export function listedEnvelope(record: unknown): EventEnvelope {
  const payload = JSON.stringify({ listed: record });
  try {
    const { afterSaleId, atMs } = listedIn(fieldsAt(record, 'a record of the list'));
    return { eventId: `list:${afterSaleId}:${Math.floor(atMs / 1000)}`, payload };
  } catch {
    return { eventId: `list:${createHash('sha256').update(payload).digest('hex')}`, payload };
  }
}

/** Is this payload a record of the list, and no message? */
export function isListed(body: unknown): body is { readonly listed: unknown } {
  return isFields(body) && Object.hasOwn(body, 'listed');
}

/** That an after-sale changed, and when. What it is now, the detail says, whose shape is documented. Throws UnreadableEvent. */
export function readListed(body: { readonly listed: unknown }): PlatformEvent {
  const { afterSaleId, atMs } = listedIn(fieldsAt(body.listed, 'a record of the list'));
  return { kind: 'after_sale', afterSaleId, update: { atMs, facts: {} }, arbitration: false };
}
