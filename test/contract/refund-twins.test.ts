import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { PlatformAdapter, PlatformPlugin } from '../../src/domain/platform/port.js';
import type { RefundOrder } from '../../src/domain/platform/refund.js';
import { platformBySlug } from '../../src/producers/platforms/index.js';
import { createSender, type Sender } from '../../src/workers/carriers/http.js';
import { JD_POP_KEYS, jdPopRefund, startJdPop } from '../unit/sandbox/running-jd-pop.js';
import { KUAISHOU_KEYS, kuaishouRefund, startKuaishou } from '../unit/sandbox/running-kuaishou.js';
import { PINDUODUO_KEYS, pinduoduoRefund, startPinduoduo } from '../unit/sandbox/running-pinduoduo.js';
import { startTaobao, TAOBAO_KEYS, taobaoRefund } from '../unit/sandbox/running-taobao.js';
import { afterSale, DOUYIN_KEYS, type Json, startDouyin, type TwinUnderTest } from '../unit/sandbox/running-twins.js';
import { startWechat, WECHAT_KEYS, wechatRefund } from '../unit/sandbox/running-wechat.js';
import { startXiaohongshu, XIAOHONGSHU_KEYS, xiaohongshuRefund } from '../unit/sandbox/running-xiaohongshu.js';

interface Way {
  readonly slug: string;
  readonly start: () => Promise<TwinUnderTest>;
  readonly credentials: Json;
  /** Makes an open refund-only of 89.00 on a shipped order known to the twin. */
  readonly make: (id: string) => readonly [path: string, body: Json];
  /** Where the twin lists the call, for its faults. */
  readonly endpoint: string;
  readonly id: (n: number) => string;
  readonly rejects: boolean;
  /** Does its call name the amount, or a version, so that it refuses another one? */
  readonly guards: readonly ('amount' | 'version')[];
}

const digits = (n: number, head: string) => `${head}${String(n).padStart(6, '0')}`;
const keys = ({ appKey, appSecret, accessToken }: { appKey: string; appSecret: string; accessToken: string }) => ({
  appKey,
  appSecret,
  accessToken,
});

const WAYS: readonly Way[] = [
  {
    slug: 'douyin',
    start: startDouyin,
    credentials: { ...DOUYIN_KEYS, rejectReasonCode: '3' },
    make: (id) => ['/after-sales', afterSale(id)],
    endpoint: 'afterSale/operate',
    id: (n) => digits(n, '7000893114000'),
    rejects: true,
    guards: ['version'],
  },
  {
    slug: 'taobao',
    start: startTaobao,
    credentials: keys(TAOBAO_KEYS),
    make: (id) => ['/refunds', taobaoRefund(id)],
    endpoint: 'taobao.rp.refunds.agree',
    id: (n) => digits(n, '7000893114000'),
    rejects: false,
    guards: ['amount', 'version'],
  },
  {
    slug: 'pinduoduo',
    start: startPinduoduo,
    credentials: { ...keys(PINDUODUO_KEYS), detailAmountUnit: 'fen' },
    make: (id) => ['/refunds', pinduoduoRefund(id)],
    endpoint: 'api/router',
    id: (n) => digits(n, '7381745730114'),
    rejects: false,
    guards: [],
  },
  {
    slug: 'jd',
    start: startJdPop,
    credentials: { ...keys(JD_POP_KEYS), paidAmountField: 'orderPayment' },
    make: (id) => ['/refunds', jdPopRefund(id)],
    endpoint: 'jingdong.pop.afs.soa.refundapply.replyRefund',
    id: (n) => digits(n, '7000893114000'),
    rejects: true,
    guards: [],
  },
  {
    slug: 'kuaishou',
    start: startKuaishou,
    credentials: {
      appKey: KUAISHOU_KEYS.appKey,
      appSecret: KUAISHOU_KEYS.signSecret,
      accessToken: KUAISHOU_KEYS.accessToken,
      messageKey: KUAISHOU_KEYS.messageKey,
    },
    make: (id) => ['/refunds', kuaishouRefund(id)],
    endpoint: 'open/seller/order/refund/approve',
    id: (n) => digits(n, '2015600256209'),
    rejects: false,
    guards: ['amount'],
  },
  {
    slug: 'xiaohongshu',
    start: startXiaohongshu,
    credentials: { ...keys(XIAOHONGSHU_KEYS), rejectReason: 7 },
    make: (id) => ['/refunds', xiaohongshuRefund(id)],
    endpoint: 'ark/open_api/v3/common_controller',
    id: (n) => digits(n, 'R62421411126'),
    rejects: true,
    guards: [],
  },
  {
    slug: 'wechat',
    start: startWechat,
    credentials: {
      appKey: WECHAT_KEYS.appId,
      appSecret: 'unused',
      accessToken: WECHAT_KEYS.accessToken,
      token: WECHAT_KEYS.token,
      encodingAesKey: WECHAT_KEYS.encodingAesKey,
      rejectReasonType: 5,
    },
    make: (id) => ['/refunds', wechatRefund(id)],
    endpoint: 'channels/ec/aftersale/acceptapply',
    id: (n) => digits(n, '2000000000187'),
    rejects: true,
    guards: [],
  },
];

/** The plugin with its credentials read as a shop's are. */
function adapterFor(plugin: PlatformPlugin, credentials: Json): PlatformAdapter {
  return plugin.create(plugin.manifest.credentials.parse(credentials));
}

describe.each(WAYS)('$slug: the seller’s decision against its twin', (way) => {
  let twin: TwinUnderTest;
  let ctx: Sender;
  let adapter: PlatformAdapter;
  let made = 0;
  beforeAll(async () => {
    twin = await way.start();
    ctx = createSender({ baseUrl: twin.baseUrl, timeoutMs: 5_000, connections: 4 });
    const plugin = platformBySlug(way.slug);
    if (!plugin) throw new Error(`no platform ${way.slug}`);
    adapter = adapterFor(plugin, way.credentials);
  });
  afterAll(async () => {
    await ctx.close();
    await twin.close();
  });

  const refunds = () => {
    if (!adapter.refunds) throw new Error('no refunds');
    return adapter.refunds;
  };
  const facts = async (order: Pick<RefundOrder, 'afterSaleId' | 'orderId'>) =>
    (await adapter.fetchDetail(order, ctx, Date.now())).update.facts;
  const paid = async (): Promise<unknown> => (await twin.control('GET', '/summary')).json.paid;
  const agree = (order: RefundOrder) => refunds().agree(order, ctx, Date.now());
  const outcome = (work: Promise<{ kind: string }>) =>
    work.then(
      ({ kind }) => kind,
      (error: unknown) => (error instanceof CarrierFault ? error.kind : String(error)),
    );

  /** A new after-sale, and what our own reading of it says is to be agreed. */
  async function opened(): Promise<RefundOrder> {
    made += 1;
    const afterSaleId = way.id(made);
    const [path, body] = way.make(afterSaleId);
    const amount = way.slug === 'douyin' ? { refundAmountFen: 8_900 } : { refundFen: 8_900 };
    await twin.control('POST', path, [{ ...body, ...amount }]);
    const orderId = typeof body.orderId === 'string' ? body.orderId : null;
    const read = await facts({ afterSaleId, orderId });
    expect(read).toMatchObject({ status: 'open', refundAmountFen: 8_900 });
    return { afterSaleId, orderId, amountFen: 8_900, version: read.version ?? null };
  }

  it('agrees the exact amount once; a second word changes nothing, and our own reading proves it', async () => {
    const order = await opened();
    expect(await agree(order)).toMatchObject({ kind: 'done' });
    expect(['agreed', 'paid']).toContain((await facts(order)).status);
    const after = await paid();
    expect(after).toEqual({ refunds: 1, fen: 8_900 });
    expect(['refused', 'outcome_unknown']).toContain(await outcome(agree(order)));
    expect(await paid()).toEqual(after);
  });

  it.each(['act_then_reset', 'act_then_half_body', 'garbage', 'http_error'])(
    'leaves the outcome open after %s',
    async (kind) => {
      const order = await opened();
      await twin.control('POST', '/faults', {
        endpoint: way.endpoint,
        kind,
        // JD's twin knows a review by its parcel.
        waybillNo: way.slug === 'jd' ? `JDVC${order.afterSaleId.slice(-10)}` : order.afterSaleId,
      });
      expect(await outcome(agree(order))).toBe('outcome_unknown');
    },
  );

  it('is refused with another amount or version than the platform’s own, where the call names one', async () => {
    for (const guard of way.guards) {
      const order = await opened();
      const before = await paid();
      const other = guard === 'amount' ? { amountFen: 8_901 } : { version: '1700000000' };
      expect(['refused', 'outcome_unknown']).toContain(await outcome(agree({ ...order, ...other })));
      expect(await paid()).toEqual(before);
      expect((await facts(order)).status).toBe('open');
    }
    expect(platformBySlug(way.slug)?.manifest.refund?.versioned).toBe(way.guards.includes('version'));
  });

  it('rejects where its interface and reason are known, and else leaves it to a person', async () => {
    const { reject } = refunds();
    expect(reject !== undefined).toBe(way.rejects);
    if (!reject) return;
    const order = await opened();
    expect(await reject(order, 'on_its_way', ctx, Date.now())).toMatchObject({ kind: 'done' });
    expect((await facts(order)).status).toBe('refused');
  });
});

it('has no word for platforms whose interface is not known: a person agrees there', () => {
  expect(platformBySlug('generic')?.create({ secret: 'x'.repeat(32) }).refunds).toBeUndefined();
  const pinduoduo = platformBySlug('pinduoduo');
  // Its amount cannot be read anew, and its call names none.
  expect(pinduoduo && adapterFor(pinduoduo, keys(PINDUODUO_KEYS)).refunds).toBeUndefined();
});
