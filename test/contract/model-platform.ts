import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AfterSaleStatus, AfterSaleType } from '../../src/domain/aftersale/after-sale.js';
import { CarrierFault, type FaultKind } from '../../src/domain/carrier/fault.js';
import type { CallContext, CarrierPlugin } from '../../src/domain/carrier/port.js';
import {
  type EventEnvelope,
  type PlatformAdapter,
  type PlatformEvent,
  type PlatformPlugin,
  UnreadableEvent,
} from '../../src/domain/platform/port.js';
import type { SocketSays, SocketSession } from '../../src/domain/platform/socket.js';
import {
  codeAt,
  type Fields,
  fenAt,
  fieldsAt,
  isFields,
  listAt,
  msAt,
  parseJson,
  requiredIdAt,
  stated,
  textAt,
} from '../../src/producers/platforms/fields.js';
import { zto } from '../../src/workers/carriers/zto/adapter.js';

/** A platform of no seller, with every door there is: what the shared suite is tried on. */
const CREDENTIALS = z.strictObject({ key: z.string().min(1), secret: z.string().min(1) });
type Credentials = z.output<typeof CREDENTIALS>;

const STATUS: Readonly<Record<string, AfterSaleStatus>> = { '1': 'open', '2': 'refused', '3': 'paid', '4': 'closed' };
const TYPES: Readonly<Record<string, AfterSaleType>> = {
  '1': 'refund_only',
  '2': 'return_refund',
  '3': 'refund_before_shipment',
};
const CODES: Readonly<Record<string, FaultKind>> = { '1': 'throttled', '2': 'credentials', '3': 'unavailable' };

const sha256 = (text: string | Uint8Array, secret = ''): string =>
  createHash('sha256').update(text).update(secret).digest('hex');

function factsOf(record: Fields) {
  const atMs = msAt(record, 'at');
  if (atMs === undefined) throw new UnreadableEvent('at is missing');
  const facts = {
    orderId: textAt(record, 'order'),
    status: STATUS[codeAt(record, 'status') ?? ''] ?? 'unknown',
    type: TYPES[codeAt(record, 'type') ?? ''],
    refundAmountFen: fenAt(record, 'fen'),
    paidAmountFen: fenAt(record, 'paid'),
  };
  return { atMs, facts: stated(facts) };
}

function read(payload: string): PlatformEvent {
  const message = fieldsAt(parseJson(payload, 'the message'), 'the message');
  const topic = textAt(message, 'topic');
  if (topic === undefined) throw new UnreadableEvent('the topic is missing');
  if (topic !== 'refund') return { kind: 'ignored', why: 'another topic' };
  const refund = fieldsAt(message.refund, 'refund');
  return { kind: 'after_sale', afterSaleId: requiredIdAt(refund, 'id'), update: factsOf(refund), arbitration: false };
}

const envelopeOf = (payload: string): EventEnvelope => ({ eventId: sha256(payload), payload });

async function answerOf(ctx: CallContext, path: string, fields: object): Promise<Fields> {
  const headers = { 'content-type': 'application/json' };
  const {
    status,
    headers: given,
    text,
  } = await ctx.send({
    method: 'POST',
    path,
    headers,
    body: JSON.stringify(fields),
    effect: 'read',
  });
  if (status !== 200) {
    const kinds: Readonly<Record<number, FaultKind>> = { 429: 'throttled', 401: 'credentials', 500: 'unavailable' };
    const retryAfterMs = given['retry-after'] ? Number(given['retry-after']) * 1_000 : undefined;
    throw new CarrierFault(kinds[status] ?? 'contract_broken', `HTTP ${status}`, { retryAfterMs });
  }
  const answer = fieldsAt(parseJson(text, 'the answer'), 'the answer');
  const code = codeAt(answer, 'code');
  if (code === undefined) throw new UnreadableEvent('code is missing');
  if (code !== '0') throw new CarrierFault(CODES[code] ?? 'contract_broken', `the model answered ${code}`);
  return answer;
}

function received(text: string): SocketSays {
  const frame = parseJson(text, 'the frame');
  if (!isFields(frame)) return { kind: 'broken', why: 'the frame is not an object' };
  const kind = textAt(frame, 'kind');
  if (kind === 'welcome') return { kind: 'ready' };
  if (kind === 'beat') return { kind: 'nothing', reply: '{"kind":"beat"}' };
  if (kind !== 'message') return { kind: 'broken', why: 'a frame of no known kind' };
  const [id, shop, content] = [textAt(frame, 'id'), textAt(frame, 'shop'), textAt(frame, 'content')];
  if (!id || !shop || !content) return { kind: 'broken', why: 'a message lacks a part' };
  return { kind: 'message', message: { platformShopId: shop, envelope: envelopeOf(content), receipt: id } };
}

const session: SocketSession = {
  opening: () => ['{"kind":"hello"}'],
  receive(frame) {
    try {
      return received(typeof frame === 'string' ? frame : Buffer.from(frame).toString('utf8'));
    } catch {
      return { kind: 'broken', why: 'the frame cannot be read' };
    }
  },
  beat: () => '{"kind":"beat"}',
  confirm: (receipt) => JSON.stringify({ kind: 'ok', id: receipt }),
  refuse: (receipt, why) => JSON.stringify({ kind: 'no', id: receipt, why }),
};

const CHANNEL: CarrierPlugin<typeof CREDENTIALS> = {
  manifest: { ...zto.manifest, slug: 'model', credentials: CREDENTIALS, byAfterSale: true },
  create: ({ key, secret }) => ({
    ...zto.create(zto.manifest.credentials.parse({ appKey: key, appSecret: secret })),
    manifest: CHANNEL.manifest,
  }),
};

function adapterFor({ secret }: Credentials): PlatformAdapter {
  return {
    manifest: modelPlatform.manifest,
    verify: ({ body, headers }) => headers['x-sign'] === sha256(body, secret),
    answerCheck: ({ query: { echo, sign } }) =>
      echo !== undefined && sign === sha256(echo, secret)
        ? { status: 200, contentType: 'text/plain', body: echo }
        : null,
    envelopes: ({ body }) => [envelopeOf(Buffer.from(body).toString('utf8'))],
    read,
    ack: (outcome) => ({
      status: { stored: 200, bad_signature: 401, overloaded: 503 }[outcome],
      contentType: 'text/plain',
      body: outcome === 'stored' ? 'yes' : 'no',
    }),
    async fetchDetail({ afterSaleId }, ctx) {
      const record = fieldsAt((await answerOf(ctx, '/refund', { id: afterSaleId })).refund, 'refund');
      if (requiredIdAt(record, 'id') !== afterSaleId) throw new UnreadableEvent('it is about another after-sale');
      const update = factsOf(record);
      const { paidAmountFen } = update.facts;
      const parcels = listAt(record.parcels, 'parcels').map((item) => {
        const parcel = fieldsAt(item, 'a parcel');
        const value = paidAmountFen === undefined ? {} : { declaredValueFen: paidAmountFen };
        const words = { rawCarrier: textAt(parcel, 'company') ?? '', rawCarrierName: null };
        return { ...words, waybillNo: textAt(parcel, 'waybill') ?? '', ...value };
      });
      return { update, parcels };
    },
    poll: {
      everyMs: 60_000,
      windowMs: 1_800_000,
      overlapMs: 60_000,
      async page({ fromMs, toMs }, token, ctx) {
        const [page = 1, seen = 0] = (token ?? '1:0').split(':').map(Number);
        const answer = await answerOf(ctx, '/changes', { fromMs, toMs, page });
        if (!Array.isArray(answer.records)) throw new UnreadableEvent('records is not a list');
        const total = Number(codeAt(answer, 'total'));
        const payloads = answer.records.map((refund: unknown) => JSON.stringify({ topic: 'refund', refund }));
        const all = seen + payloads.length;
        const next = payloads.length > 0 && all < total ? `${page + 1}:${all}` : null;
        return { envelopes: payloads.map(envelopeOf), total, next };
      },
    },
    socket: {
      group: 'model',
      beatMs: 5_000,
      silenceMs: 30_000,
      url: () => 'wss://model.example/messages',
      session: () => session,
    },
  };
}

export const modelPlatform: PlatformPlugin<typeof CREDENTIALS> = {
  manifest: {
    slug: 'model',
    name: { zh: '样板', en: 'Model' },
    credentials: CREDENTIALS,
    defaultBaseUrl: 'https://model.example',
    readRateLimit: { max: 20, perMs: 1_000 },
    timeoutMs: 10_000,
    carrierAliases: { 中通: 'zto', '85': 'yto' },
    doors: { push: true, socket: true, poll: true, detail: true },
    facts: [{ fact: 'Everything', value: 'made up', confidence: 'documented', source: 'this file' }],
  },
  create: adapterFor,
  channel: CHANNEL,
};
