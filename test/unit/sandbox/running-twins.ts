import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZTO_VALUES } from '../../../sandbox/couriers/zto/options.js';
import { ZtoTwin } from '../../../sandbox/couriers/zto/zto.js';
import type { LedgerEntry } from '../../../sandbox/frame/ledger-entry.js';
import { type RunningTwin, startTwin } from '../../../sandbox/frame/run.js';
import type { Twin, TwinContext } from '../../../sandbox/frame/twin.js';
import { DouyinTwin } from '../../../sandbox/platforms/douyin/douyin.js';

export const ZTO_KEYS = { appKey: 'zto-app', appSecret: 'zto-secret-demo' } as const;
export const DOUYIN_KEYS = {
  appKey: '7012345678901234567',
  appSecret: '0f1e2d3c-aaaa-bbbb-cccc-1234567890ab',
  accessToken: 'token-1',
} as const;

export type Json = Record<string, unknown>;

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly json: Json;
}

export interface TwinUnderTest {
  readonly baseUrl: string;
  readonly ledgerFile: string;
  /** One control call; its answer whatever the status. */
  control(method: string, path: string, body?: unknown): Promise<HttpAnswer>;
  ledger(query?: string): Promise<readonly LedgerEntry[]>;
  summary(): Promise<Json>;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly timeScale?: number;
  readonly seed?: number;
  /** A ledger of an earlier run; without it a new file that goes away at close. */
  readonly ledgerFile?: string;
  readonly own?: Json;
}

export async function startZto(options: StartOptions = {}): Promise<TwinUnderTest> {
  const values = ZTO_VALUES.parse({ 'app-key': ZTO_KEYS.appKey, 'app-secret': ZTO_KEYS.appSecret, ...options.own });
  return start((context) => new ZtoTwin(context, values), options);
}

export async function startDouyin(options: StartOptions = {}): Promise<TwinUnderTest> {
  const { appKey, appSecret, accessToken } = DOUYIN_KEYS;
  const values = { 'app-key': appKey, 'app-secret': appSecret, 'access-token': accessToken };
  return start((context) => new DouyinTwin(context, values), options);
}

/** A twin inside the test's own process. */
export async function start(build: (context: TwinContext) => Twin, options: StartOptions): Promise<TwinUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-'));
  const ledgerFile = options.ledgerFile ?? join(folder, 'ledger.jsonl');
  const running = await startTwin(build, {
    port: 0,
    ledgerFile,
    seed: options.seed ?? 1,
    timeScale: options.timeScale ?? 1,
    onBroken: (cause) => {
      throw cause;
    },
  });
  return underTest(running, ledgerFile, folder);
}

function underTest(running: RunningTwin, ledgerFile: string, folder: string): TwinUnderTest {
  const baseUrl = `http://127.0.0.1:${running.port}`;
  const close = async () => {
    await running.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { baseUrl, ledgerFile, ...controlsOf(baseUrl), close };
}

/** The control API of a twin, wherever it runs. */
export function controlsOf(baseUrl: string): Pick<TwinUnderTest, 'control' | 'ledger' | 'summary'> {
  const control = (method: string, path: string, body?: unknown) =>
    http(method, `${baseUrl}/_twin${path}`, {}, body === undefined ? undefined : JSON.stringify(body));
  return {
    control,
    ledger: async (query = '') => (await control('GET', `/ledger${query}`)).json.entries as readonly LedgerEntry[],
    summary: async () => (await control('GET', '/summary')).json,
  };
}

export async function http(
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: string,
): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method,
    headers,
    signal: AbortSignal.timeout(4000),
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const json: Json = text.startsWith('{') ? JSON.parse(text) : {};
  return { status: response.status, text, json };
}

/** A call as ZTO documents it; `headers` replace what would be sent. */
export function callZto(
  baseUrl: string,
  api: string,
  fields: Json,
  headers: Record<string, string> = {},
): Promise<HttpAnswer> {
  const body = JSON.stringify(fields);
  const digest = createHash('md5')
    .update(body + ZTO_KEYS.appSecret)
    .digest('base64');
  const signed = {
    'content-type': 'application/json; charset=utf-8',
    'x-companyid': ZTO_KEYS.appKey,
    'x-datadigest': digest,
  };
  return http('POST', `${baseUrl}/${api}`, { ...signed, ...headers }, body);
}

export function createFields(waybillNo: string, requestId = `req-${waybillNo}`): Json {
  return { billCode: waybillNo, requestId, destinationType: 2, thirdBizNo: requestId };
}

/** A parcel on the road between hubs. */
export function onTheRoad(waybillNo: string, more: Json = {}): Json {
  return {
    waybillNo,
    timeline: [
      { action: 'GOT', afterMs: -7_200_000 },
      { action: 'DEPARTURE', afterMs: -3_600_000 },
    ],
    ...more,
  };
}

/** afterSale.Detail as Douyin documents it; `query` replaces what would be sent. */
export function callDetail(baseUrl: string, param: string, query: Record<string, string> = {}): Promise<HttpAnswer> {
  const { appKey, appSecret, accessToken } = DOUYIN_KEYS;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const text = `${appSecret}app_key${appKey}methodafterSale.Detailparam_json${param}timestamp${timestamp}v2${appSecret}`;
  const sign = createHmac('sha256', appSecret).update(text).digest('hex');
  const given = { app_key: appKey, method: 'afterSale.Detail', timestamp, sign, v: '2', sign_method: 'hmac-sha256' };
  const all = new URLSearchParams({ ...given, access_token: accessToken, ...query });
  return http('POST', `${baseUrl}/afterSale/Detail?${all}`, { 'content-type': 'application/json' }, param);
}

export function afterSale(afterSaleId: string, more: Json = {}): Json {
  return {
    shopId: '10437917',
    afterSaleId,
    orderId: '4835804142146757001',
    skuOrderId: '4835804142146757002',
    type: 1,
    status: 6,
    refundAmountFen: 8900,
    paidFen: 8900,
    parcels: [{ trackingNo: '73100130019486', companyCode: 'zhongtong', companyName: '中通快递' }],
    ...more,
  };
}
