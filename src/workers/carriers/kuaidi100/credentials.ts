import { z } from 'zod';
import { taughtMeanings } from '../../../domain/carrier/meanings.js';
import { SERVED_SLUGS } from './companies.js';
import { TAUGHT_STATUSES } from './statuses.js';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** https, or http to this machine; no fragment, which no caller would send. */
function isCallbackUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}

const served = z.enum(SERVED_SLUGS);
const text = z.string().min(1).max(200).optional();

/** The account at the courier itself, where Kuaidi100 asks for it (参数字典): its fields, to the letter. */
const partner = z.strictObject({
  partnerId: text,
  partnerKey: text,
  partnerSecret: text,
  partnerName: text,
  code: text,
  net: text,
  appKey: text,
  appSecret: text,
});

/** Where in the callback's JSON a value is: names with dots between them. */
const path = (name: string) =>
  z
    .string()
    .regex(/^\w+(\.\w+)*$/, { error: 'a name, or names with dots between: data.status' })
    .default(name);

/** The callback's body is not documented: the names are guesses, after the request and the answer. */
const callback = z.strictObject({
  fields: z
    .strictObject({
      waybill: path('kuaidinum'),
      company: path('kuaidicom'),
      order: path('orderid'),
      status: path('status'),
      text: path('message'),
      time: path('time'),
    })
    .prefault({}),
  /** Words of the status, to the letter, and what they mean. Empty: every result is unclear, and a person is told. */
  statuses: z.record(z.string().min(1), z.enum(TAUGHT_STATUSES)).default({}),
});

/**
 * Keys of one Kuaidi100 account, and the points which its public documents leave open. Results come by callback alone:
 * without `callbackUrl` nothing is sent. README.md says what to ask.
 */
export const kuaidi100Credentials = z
  .strictObject({
    key: z.string().min(1),
    secret: z.string().min(1),
    /** Where Kuaidi100 reaches this account: `<PUBLIC_URL>/callbacks/kuaidi100/<account id>`. */
    callbackUrl: z
      .string()
      .refine(isCallbackUrl, { error: 'must be an https URL without a fragment; http on loopback only' })
      .optional(),
    /** Random characters of your own; callbacks are signed with them. */
    salt: z
      .string()
      .regex(/^[A-Za-z0-9]{16,64}$/, { error: '16 to 64 letters and digits, at random' })
      .optional(),
    /** Back to the sender's address, or only to the branch that picked the parcel up. */
    interceptType: z.enum(['RETURN_SEND_ADDR', 'RETURN_SEND_STATION']).default('RETURN_SEND_ADDR'),
    /** What the branch reads. */
    reason: z.string().trim().min(1).max(200).default('买家申请退款'),
    /** The page writes `orderid`, the demos `orderId`. */
    orderIdField: z.enum(['orderid', 'orderId']).default('orderid'),
    /** Who asks: 1 sender, 2 recipient, 3 third party. Left out unless set. */
    orderRole: z.enum(['1', '2', '3']).optional(),
    /** Who pays. Left out unless set. */
    interceptPayType: z.enum(['SHIPPER', 'CONSIGNEE', 'THIRDPARTY', 'MONTHLY']).optional(),
    /** Company codes other than the default ones, by our slug: `{ deppon: debangkuaidi }`. */
    companyCodes: z.partialRecord(served, z.string().regex(/^[a-z0-9]+$/)).default({}),
    /** Accounts at the couriers, by our slug. */
    partners: z.partialRecord(served, partner).default({}),
    /** Codes, or words of `message`, and what they mean; Kuaidi100 documents none. */
    meanings: taughtMeanings,
    callback: callback.prefault({}),
  })
  .refine((keys) => (keys.callbackUrl === undefined) === (keys.salt === undefined), {
    error: 'callbackUrl and salt go together: without a salt anybody could send results',
    path: ['salt'],
  });

export type Kuaidi100Credentials = z.output<typeof kuaidi100Credentials>;
/** An account that results can reach. */
export type ReachableAccount = Kuaidi100Credentials & { readonly callbackUrl: string; readonly salt: string };
