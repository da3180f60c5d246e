import { describe, expect, it } from '@jest/globals';
import { casesFor, runCarrierContract } from './carrier-contract.js';
import { numberOf, withCarrier } from './carrier-harness.js';
import { orderFor, taobaoCutHarness, taobaoRefundHarness } from './taobao-channel-harness.js';

runCarrierContract("Taobao's intercept by waybill", taobaoCutHarness);

/** These look for the waybill in the request; asked by after-sale it is not in there. Below: the same of the after-sale. */
const BY_WAYBILL = /^(the waybill goes out to the letter|calls at the same time do not mix)/;

describe("the contract of a courier, kept by Taobao's intercept by after-sale", () => {
  const cases = casesFor(taobaoRefundHarness).filter(({ name }) => !BY_WAYBILL.test(name));
  for (const one of cases) it(one.name, () => one.run(taobaoRefundHarness));

  it('leaves out what speaks of the waybill alone', () => {
    expect(casesFor(taobaoRefundHarness).length - cases.length).toBe(2);
  });

  it('the after-sale goes out to the letter: 19 digits and leading zeros are others when rounded', () =>
    withCarrier(taobaoRefundHarness, taobaoRefundHarness.wire.accepted('1'), async ({ adapter, ctx, server }) => {
      for (const afterSaleId of ['7000893114000949517', '0073100130019486']) {
        await adapter.create(orderFor(afterSaleId), ctx);
        expect(new URLSearchParams(server.received().at(-1)?.body).get('refund_id')).toBe(afterSaleId);
      }
    }));

  it('calls at the same time do not mix: each gets the answer to its own after-sale', () => {
    const ids = Array.from({ length: 20 }, (_, i) => `70008931140009${100 + i}`);
    const h = taobaoRefundHarness;
    return withCarrier(
      h,
      ({ body }) => h.wire.accepted(`of-${new URLSearchParams(body).get('refund_id')}`),
      async ({ adapter, ctx }) => {
        const answers = await Promise.all(ids.map((id) => adapter.create(orderFor(id), ctx)));
        expect(answers.map((answer) => numberOf(h, answer))).toEqual(ids.map((id) => `of-${id}`));
      },
      5_000,
    );
  });
});
