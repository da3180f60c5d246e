import { z } from 'zod';
import { taughtMeanings } from '../../../domain/carrier/meanings.js';

const secret = z.string().min(1).optional();

const FORMS = /^(?:https?:\/\/[^/?#\s]+)?(\/[^?#\s]+)$/;

/** The address of one interface as YTO's console shows it: a whole URL, or its path. */
const address = z
  .string()
  .regex(FORMS, { error: 'a URL like https://openapi.yto.net.cn/open/… or its path, without a query' })
  .optional();

/** Scheme and host of an address; '' for one that is left out or is a path alone. */
function originOf(url = ''): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}

/**
 * Keys of one YTO account, and the points which YTO's public documents leave open. YTO issues an address and a secret for
 * each interface; where the console shows the same for all, the three common keys are enough.
 */
export const ytoCredentials = z
  .strictObject({
    /** The segment between `/v1/` and the customer code in the addresses of the console. */
    appKey: z.string().min(1),
    customerCode: z.string().min(1),
    appSecret: z.string().min(1),
    /** Interfaces whose address is not `/open/{method}/v1/{appKey}/{customerCode}`, by YTO's name of the method. */
    urls: z
      .strictObject({ wanted_report_adapter: address, wanted_cancel_adapter: address, track_query_adapter: address })
      .default({}),
    /** Interfaces with a secret of their own; `track_push` is that of the subscription. */
    secrets: z
      .strictObject({
        wanted_report_adapter: secret,
        wanted_cancel_adapter: secret,
        track_query_adapter: secret,
        track_push: secret,
      })
      .default({}),
    /** What the branch reads: `wantedDesc` of an intercept and `dealRemark` of its cancellation. May not be empty. */
    wantedDesc: z.string().trim().min(1).max(200).default('买家申请退款，拦截退回'),
    dealRemark: z.string().trim().min(1).max(200).default('买家撤销退款，取消拦截'),
    /** Codes, or words of `statusMessage` and `reason`, that YTO does not document, and what they mean. */
    meanings: taughtMeanings,
  })
  .refine(({ urls }) => new Set(Object.values(urls).map(originOf).filter(Boolean)).size < 2, {
    error: 'all addresses must have one host, which is the baseUrl of the account; make an account for each host',
    path: ['urls'],
  });

export type YtoCredentials = z.output<typeof ytoCredentials>;
