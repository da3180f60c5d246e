import { COURIER_SLUGS, type Courier, carriersOf } from '../../sandbox/scenario-couriers.js';
import type { Text } from './labels.js';
import type { TwinKeys } from './twin-keys.js';

/** The frame's words for an order whose parcel was stopped: stopped, on its way back, back (the twins' READMEs). */
const STOPPED = ['stopped', 'returning', 'finished'] as const;

interface CourierFacts {
  readonly label: Text;
  /** Our id of the courier account; the courier pushes to /callbacks/<courier>/<this>. */
  readonly accountId: string;
  /** What one stopped parcel costs, fen (R31); SF states its own, of the others only three publish a price. */
  readonly feeFen: number;
  /** How the name of the endpoint that takes an order begins in the twin's ledger. */
  readonly createEndpoint: string;
  /** The twin's words for an order whose parcel was stopped. */
  readonly stopped: readonly string[];
  /** Does it push scans or results to us? */
  readonly pushes: boolean;
  /** Switches of the twin beyond the pushes. */
  readonly switches: Readonly<Record<string, unknown>>;
  /** Words of the twin's command line. */
  readonly twin: (keys: TwinKeys) => readonly string[];
  /** Keys of the account, and what the courier's documents leave open as its twin has it. */
  readonly credentials: (keys: TwinKeys, callbackUrl: string) => Readonly<Record<string, unknown>>;
  /** What is added to the address that it pushes to. */
  readonly callbackQuery?: (keys: TwinKeys) => string;
}

const appKeys = ({ appKey, appSecret }: TwinKeys) => ['--app-key', appKey, '--app-secret', appSecret];
const pair = ({ appKey, appSecret }: TwinKeys) => ({ appKey, appSecret });

/** The couriers of the demo with what differs between them. */
export const DEMO_COURIERS = {
  zto: {
    label: { zh: '中通', en: 'ZTO' },
    accountId: 'zto-main',
    feeFen: 300,
    createEndpoint: 'thirdcenter.createIntercept',
    stopped: ['INTERCEPT_SUCCESS', 'PACKAGE_DELIVERYING', 'INTERCEPT_DISCONTINUE'],
    pushes: true,
    switches: {},
    twin: appKeys,
    // The twin's answer to a status query of a waybill without an intercept (its README).
    credentials: (keys) => ({ ...pair(keys), noInterceptCodes: ['E23102'] }),
  },
  yto: {
    label: { zh: '圆通', en: 'YTO' },
    accountId: 'yto-main',
    feeFen: 400,
    createEndpoint: 'open/wanted_report_adapter/',
    stopped: STOPPED,
    pushes: true,
    switches: {},
    twin: (keys) => [...appKeys(keys), '--customer-code', 'K9991024989'],
    credentials: (keys) => ({ ...pair(keys), customerCode: 'K9991024989' }),
  },
  yunda: {
    label: { zh: '韵达', en: 'Yunda' },
    accountId: 'yunda-main',
    feeFen: 300,
    createEndpoint: 'openapi/outer/tmm/outerapi/intercept/invokeExpressChangeAddr',
    stopped: STOPPED,
    pushes: true,
    // The account says that its waybills are subscribed.
    switches: { showTracks: 'all' },
    twin: (keys) => [...appKeys(keys), '--inte-type', '1'],
    // The type that means "back to the sender" at the twin; which one it is at Yunda is not documented.
    credentials: (keys) => ({ ...pair(keys), enableIntercept: true, inteType: '1', tracksSubscribed: true }),
  },
  sto: {
    label: { zh: '申通', en: 'STO' },
    accountId: 'sto-main',
    feeFen: 300,
    createEndpoint: 'INTERCEPT_CREATE_STANDARD',
    stopped: STOPPED,
    pushes: true,
    switches: {},
    twin: (keys) => [...appKeys(keys), '--from-code', 'demo-code'],
    credentials: ({ appKey, appSecret }) => ({
      fromAppkey: appKey,
      fromCode: 'demo-code',
      secretKey: appSecret,
      meanings: {
        TWIN_OUT: 'courier_too_late',
        TWIN_STATION: 'courier_too_late',
        TWIN_SIGNED: 'courier_already_delivered',
        TWIN_RETURNING: 'already_returning',
        TWIN_NO_SCAN: 'not_yet',
        TWIN_UNKNOWN: 'courier_unknown_waybill',
        TWIN_EXISTS: 'duplicate',
        TWIN_SIGN: 'credentials',
        TWIN_APP: 'credentials',
        TWIN_TOO_FAST: 'throttled',
        TWIN_DONE: 'cancel_too_late',
        TWIN_NO_INTERCEPT: 'cancel_not_allowed',
      },
    }),
  },
  jtexpress: {
    label: { zh: '极兔', en: 'J&T' },
    accountId: 'jtexpress-main',
    feeFen: 300,
    createEndpoint: 'webopenplatformapi/api/waybill/intercept',
    stopped: STOPPED,
    pushes: true,
    switches: {},
    twin: ({ appKey, appSecret }) => ['--api-account', appKey, '--private-key', appSecret],
    credentials: ({ appKey, appSecret }) => ({
      apiAccount: appKey,
      privateKey: appSecret,
      callbacks: { verifiedBy: 'signature', results: { TWIN_STOPPED: 'stopped', TWIN_FAILED: 'failed' } },
      meanings: {
        TWIN_OUT: 'courier_too_late',
        TWIN_AGENT: 'courier_too_late',
        TWIN_SIGNED: 'courier_already_delivered',
        TWIN_RETURNING: 'already_returning',
        TWIN_NO_SCAN: 'not_yet',
        TWIN_EXISTS: 'duplicate',
        TWIN_SIGN: 'credentials',
        TWIN_TOO_FAST: 'throttled',
      },
    }),
  },
  sf: {
    label: { zh: '顺丰', en: 'SF' },
    accountId: 'sf-main',
    // The twin's answer states it: 12.5 yuan.
    feeFen: 1_250,
    createEndpoint: 'EXP_RECE_WANTED_INTERCEPT',
    stopped: STOPPED,
    pushes: true,
    switches: { returnLeg: 'same_number' },
    twin: (keys) => [...appKeys(keys), '--monthly-card', '7550000001', '--card-bound'],
    credentials: ({ appKey, appSecret, accessToken }) => ({
      partnerId: appKey,
      checkWord: appSecret,
      monthlyCard: '7550000001',
      monthlyCardBound: true,
      amountUnit: 'yuan',
      pushToken: accessToken,
      meanings: {
        '990101': 'not_yet',
        '990102': 'courier_already_delivered',
        '990103': 'duplicate',
        '990104': 'already_returning',
        '990106': 'cancel_too_late',
      },
    }),
    callbackQuery: ({ accessToken }) => `?pushToken=${accessToken}`,
  },
  jd: {
    label: { zh: '京东', en: 'JD' },
    accountId: 'jd-main',
    feeFen: 500,
    createEndpoint: 'ecap/v1/orders/cancel',
    stopped: STOPPED,
    pushes: false,
    switches: {},
    twin: (keys) => [...appKeys(keys), '--access-token', keys.accessToken, '--customer-code', '010K000001'],
    credentials: (keys) => ({
      ...pair(keys),
      accessToken: keys.accessToken,
      customerCode: '010K000001',
      meanings: {
        '990401': 'credentials',
        '990403': 'credentials',
        '990429': 'throttled',
        '990405': 'courier_unknown_waybill',
      },
    }),
  },
  kuaidi100: {
    label: { zh: '快递100（德邦、EMS）', en: 'Kuaidi100 (Deppon, EMS)' },
    accountId: 'kd-main',
    feeFen: 500,
    createEndpoint: 'label/order',
    stopped: STOPPED,
    pushes: true,
    switches: {},
    twin: appKeys,
    credentials: ({ appKey, appSecret, accessToken }, callbackUrl) => ({
      key: appKey,
      secret: appSecret,
      callbackUrl,
      salt: accessToken,
      callback: {
        statuses: {
          TWIN_ACCEPTED: 'pending',
          TWIN_STOPPED: 'stopped',
          TWIN_RETURNING: 'returning',
          TWIN_RETURNED: 'finished',
          TWIN_FAILED: 'failed',
        },
      },
      meanings: {
        '99003': 'credentials',
        '99005': 'throttled',
        '99010': 'courier_unknown_waybill',
        '99011': 'not_yet',
        '99012': 'courier_too_late',
        '99013': 'courier_already_delivered',
        '99014': 'already_returning',
      },
    }),
  },
} as const satisfies Record<Courier, CourierFacts>;

/** One value for every courier of a run. */
export type ByCourier<T> = Readonly<Partial<Record<Courier, T>>>;

/** What a courier has, by its name, without the literal types of the table. */
export function courierFacts(courier: Courier): CourierFacts {
  return DEMO_COURIERS[courier];
}

/** Which of the demo's couriers is asked to stop a parcel of this carrier; null: none. */
export function courierOf(carrier: string): Courier | null {
  return COURIER_SLUGS.find((courier) => carriersOf(courier).some((slug) => slug === carrier)) ?? null;
}

/** Is this the endpoint at which one of the couriers takes orders? */
export function takesOrders(endpoint: string): boolean {
  return COURIER_SLUGS.some((courier) => endpoint.startsWith(DEMO_COURIERS[courier].createEndpoint));
}
