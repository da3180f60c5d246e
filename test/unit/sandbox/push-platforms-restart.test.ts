import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import {
  compiledSandbox,
  removeCompiledSandbox,
  startTwinProcess,
  type TwinProcess,
} from '../../support/twin-process.js';
import { until } from '../../support/until.js';
import { GENERIC_SECRET, genericRefund } from './running-generic.js';
import { KUAISHOU_KEYS, kuaishouRefund } from './running-kuaishou.js';
import { controlsOf, type Json } from './running-twins.js';
import { WECHAT_KEYS, wechatRefund } from './running-wechat.js';
import { XIAOHONGSHU_KEYS, xiaohongshuRefund } from './running-xiaohongshu.js';

interface Program {
  readonly keys: Readonly<Record<string, string>>;
  readonly refund: (refundId: string) => Json;
  readonly acknowledgement: string;
  /** The switch with the gap before a message is sent again. */
  readonly gap: string;
}

const PROGRAMS: Readonly<Record<string, Program>> = {
  kuaishou: {
    keys: {
      'app-key': KUAISHOU_KEYS.appKey,
      'sign-secret': KUAISHOU_KEYS.signSecret,
      'access-token': KUAISHOU_KEYS.accessToken,
      'message-key': KUAISHOU_KEYS.messageKey,
      'shop-id': KUAISHOU_KEYS.shopId,
    },
    refund: kuaishouRefund,
    acknowledgement: '{"result":1}',
    gap: 'firstRetryMs',
  },
  xiaohongshu: {
    keys: {
      'app-key': XIAOHONGSHU_KEYS.appKey,
      'app-secret': XIAOHONGSHU_KEYS.appSecret,
      'access-token': XIAOHONGSHU_KEYS.accessToken,
      'shop-id': XIAOHONGSHU_KEYS.shopId,
    },
    refund: xiaohongshuRefund,
    acknowledgement: '{"success":true}',
    gap: 'retryAfterMs',
  },
  wechat: {
    keys: {
      'app-id': WECHAT_KEYS.appId,
      'access-token': WECHAT_KEYS.accessToken,
      token: WECHAT_KEYS.token,
      'encoding-aes-key': WECHAT_KEYS.encodingAesKey,
      'shop-id': WECHAT_KEYS.shopId,
    },
    refund: wechatRefund,
    acknowledgement: 'success',
    gap: 'retryAfterMs',
  },
  generic: { keys: { secret: GENERIC_SECRET }, refund: genericRefund, acknowledgement: '', gap: 'firstRetryMs' },
};

// Real processes: starting them on a busy machine takes longer than a unit test's limit.
jest.setTimeout(30_000);

let folder: string;
let shop: ScriptedServer;
const started: TwinProcess[] = [];
beforeAll(async () => {
  await compiledSandbox();
});
afterAll(() => removeCompiledSandbox());
beforeEach(async () => {
  [folder, shop] = await Promise.all([mkdtemp(join(tmpdir(), 'twin-')), scriptedServer()]);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((twin) => twin.end('SIGKILL')));
  await Promise.all([shop.close(), rm(folder, { recursive: true, force: true })]);
});

it.each(Object.entries(PROGRAMS))(
  'the %s twin, killed in the middle of a day, tells the rest and changes no byte of what it has told',
  async (name, { keys, refund, acknowledgement, gap }) => {
    const args = [
      '--ledger',
      join(folder, 'ledger.jsonl'),
      ...Object.entries(keys).flatMap(([key, value]) => [`--${key}`, value]),
    ];
    const startOne = async () => {
      const twin = await startTwinProcess(`platforms/${name}`, args);
      started.push(twin);
      return { twin, ...controlsOf(twin.baseUrl) };
    };
    const refundIds = Array.from({ length: 30 }, (_, i) => `20000000001876543${String(i).padStart(2, '0')}`);
    const first = await startOne();
    // Far away: what the receiver refuses comes again only because the twin is started anew.
    await first.control('POST', '/config', { [gap]: 3_600_000 });
    await first.control('POST', '/refunds', refundIds.map(refund));
    shop.answer({ status: 503, body: '' });
    const events = refundIds.map((refundId) => ({ refundId }));
    await first.control('POST', '/emit', { targetUrl: `${shop.baseUrl}/hook`, events, ratePerSecond: 40 });
    await until(() => shop.received().length >= 8, { what: 'the day under way' });
    await first.twin.end('SIGKILL');
    const before = shop.received().map(({ body }) => body);

    shop.answer({ body: acknowledgement });
    const second = await startOne();
    await second.control('POST', '/config', { [gap]: 0 });
    const progress = async () => (await second.control('GET', '/emit/1')).json;
    await until(async () => (await progress()).sent === 30, { what: 'the rest of the day' });
    await second.twin.end('SIGKILL');

    const third = await startOne();
    expect((await third.control('GET', '/emit/1')).json).toMatchObject({ events: 30, sent: 30 });
    expect((await third.summary()).refunds).toBe(30);
    const told = new Set(shop.received().map(({ body }) => body));
    expect(told.size).toBe(30);
    expect(before.every((body) => told.has(body))).toBe(true);
  },
);
