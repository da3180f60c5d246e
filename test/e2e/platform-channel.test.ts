import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { House } from '../support/house.js';
import { aRefund, push, type Refund, reaches, seen } from '../support/refunds.js';
import { removeCompiledSandbox } from '../support/twin-process.js';
import { until } from '../support/until.js';

/** A shop that intercepts through its platform, over real processes; the courier's account only looks at the road. */
let house: House;

beforeAll(async () => {
  house = await House.open({ shop: { channel: 'platform' } });
  await house.start();
}, 60_000);
afterAll(async () => {
  await house.close();
  await removeCompiledSandbox();
});

const scan = (refund: Refund, action: string) =>
  house.control(house.zto, `parcels/${refund.waybillNo}/scan`, { action });

async function calls(twin: 'zto' | 'douyin', endpoint: string, refund: Refund): Promise<number> {
  const path = `ledger?waybillNo=${refund.waybillNo}&kind=call`;
  const { entries } = await house.control<{ entries: { endpoint: string }[] }>(house[twin], path);
  return entries.filter((entry) => entry.endpoint === endpoint).length;
}

const fees = (id: string) =>
  house.db.rows<{ amountFen: number; tariffFrom: unknown; carrier: string }>(
    'SELECT amount_fen AS amountFen, tariff_from AS tariffFrom, carrier FROM ledger_entry WHERE intercept_id = ?',
    [id],
  );

describe('a shop on its platform’s channel', () => {
  it('has the platform stop the parcel, follows it at the courier, and pays what the platform said', async () => {
    const refund = await aRefund(house, { atPlatform: { costFen: 350 } });
    await push(house, refund);
    const { id } = await reaches(house, refund, ['accepted']);
    expect(await calls('douyin', 'afterSale/applyLogisticsIntercept', refund)).toBe(1);
    expect(await calls('zto', 'thirdcenter.createIntercept', refund)).toBe(0);
    await scan(refund, 'RETURN_SCAN');
    await reaches(house, refund, ['intercepted']);
    await scan(refund, 'RETURN_SIGNED');
    await reaches(house, refund, ['returned']);
    const [fee, ...more] = await fees(id);
    expect(more).toEqual([]);
    // The platform states 3.50 where the courier's own tariff is 3.00 (R31).
    expect(fee).toEqual({ amountFen: 350, tariffFrom: null, carrier: 'zto' });
    await house.verify();
  });

  it('shows the channel as a lane of its own, beside the courier’s', async () => {
    const { body } = await house.api<{ items: { id: string; carrier: string }[] }>('/api/v1/lanes');
    expect(body.items.map(({ id }) => id).sort()).toEqual(['douyin-dy-main', 'zto-zto-main']);
  });

  it('is asked once, whatever comes twice, and a lost answer is never sent again', async () => {
    const refund = await aRefund(house);
    const fault = { kind: 'act_then_reset', times: 1, endpoint: 'afterSale/applyLogisticsIntercept' };
    await house.control(house.douyin, 'faults', fault);
    await push(house, refund, '200', 5);
    await reaches(house, refund, ['uncertain', 'accepted', 'needs_review']);
    await scan(refund, 'RETURN_SCAN');
    // Nothing proves that no order exists; the road proves that one does.
    await reaches(house, refund, ['intercepted']);
    expect(await calls('douyin', 'afterSale/applyLogisticsIntercept', refund)).toBe(1);
    expect(await calls('zto', 'thirdcenter.createIntercept', refund)).toBe(0);
  });

  it('is refused with the platform’s words, and the parcel is let go', async () => {
    const refund = await aRefund(house);
    const body = JSON.stringify({
      code: 10000,
      msg: 'success',
      sub_code: '',
      sub_msg: '',
      data: {
        intercept_results: [
          {
            company_code: 'zhongtong',
            tracking_no: refund.waybillNo,
            is_success: false,
            unavailable_reason_code: -10006,
            unavailable_reason: '服务器开了小差，请稍后重试',
          },
        ],
        success_count: 0,
        failed_count: 1,
      },
    });
    const endpoint = 'afterSale/applyLogisticsIntercept';
    await house.control(house.douyin, 'faults', { kind: 'answer', times: 1, endpoint, body });
    await push(house, refund);
    const { id, reason } = await reaches(house, refund, ['refused']);
    expect(reason).toBe('courier_unknown_code');
    const shown = await house.api<{ attempts: { rawCode: string; rawText: string }[] }>(`/api/v1/intercepts/${id}`);
    expect(shown.body.attempts.at(-1)).toMatchObject({ rawCode: '-10006' });
    expect(await fees(id)).toEqual([]);
  });

  it('sends nothing for a parcel that has not been picked up', async () => {
    const refund = await aRefund(house);
    await house.control(house.zto, 'parcels', [{ waybillNo: refund.waybillNo, timeline: [] }]);
    await push(house, refund);
    await until(async () => (await seen(house, refund))?.reason === 'not_picked_up', { what: 'the look at the track' });
    expect(await calls('douyin', 'afterSale/applyLogisticsIntercept', refund)).toBe(0);
  });
});
