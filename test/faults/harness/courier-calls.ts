import type { House } from '../../support/house.js';
import type { Refund } from '../../support/refunds.js';

const WORDS: Readonly<Record<string, string>> = {
  'thirdcenter.createIntercept': 'create',
  'thirdcenter.queryInterceptAndReturnStatus': 'query',
  'thirdcenter.cancelIntercept': 'cancel',
};

/** What the courier was asked about one parcel, in order, by its own ledger; looks at the track are left out. */
export async function courierCalls(house: House, refund: Refund): Promise<string[]> {
  const { entries } = await house.control<{ entries: { endpoint: string }[] }>(
    house.zto,
    `ledger?kind=call&waybillNo=${refund.waybillNo}`,
  );
  return entries.flatMap(({ endpoint }) => WORDS[endpoint] ?? []);
}
