import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallContext } from '../../src/domain/carrier/port.js';
import type { PollPage } from '../../src/domain/platform/poll.js';
import { douyinPlugin } from '../../src/producers/platforms/douyin/adapter.js';
import { createSender } from '../../src/workers/carriers/http.js';
import { commandOf } from '../support/command.js';
import { until } from '../support/until.js';
import { afterSale, DOUYIN_KEYS, startDouyin, type TwinUnderTest } from '../unit/sandbox/running-twins.js';

const ID = '7000893114000949517';
const WAYBILL = '75417914223203';

const plugin = douyinPlugin();
const adapter = plugin.create(DOUYIN_KEYS);
const channel = plugin.channel?.create(DOUYIN_KEYS);

let twin: TwinUnderTest;
let sender: CallContext & { close(): Promise<void> };
beforeEach(async () => {
  twin = await startDouyin();
  sender = createSender({ baseUrl: twin.baseUrl, timeoutMs: 10_000, connections: 4 });
});
afterEach(async () => {
  await sender.close();
  await twin.close();
});

async function polled(fromMs: number, toMs: number) {
  const found: string[] = [];
  let token: string | null = null;
  do {
    const page: PollPage | undefined = await adapter.poll?.page({ fromMs, toMs }, token, sender, Date.now());
    for (const { payload } of page?.envelopes ?? []) {
      const event = adapter.read(payload);
      found.push(event.kind === 'after_sale' ? event.afterSaleId : event.why);
    }
    token = page?.next ?? null;
  } while (token !== null);
  return found;
}

async function theParcel(intercept: object) {
  const parcels = [{ trackingNo: WAYBILL, companyCode: 'zhongtong', companyName: '中通快递', intercept }];
  await twin.control('POST', '/after-sales', [afterSale(ID, { parcels })]);
  const { update } = await adapter.fetchDetail({ afterSaleId: ID, orderId: null }, sender, Date.now());
  const wantedBy = [{ afterSaleId: ID, orderId: null, version: update.facts.version ?? null }];
  if (!channel) throw new Error('Douyin has its own intercept API');
  return { channel, command: commandOf({ waybillNo: WAYBILL, asKnownThere: { rawCarrier: 'zhongtong', wantedBy } }) };
}

describe('Douyin’s adapter against its twin', () => {
  it('reads every after-sale of a window, over more than one page', async () => {
    const ids = Array.from({ length: 205 }, (_, at) => `7000893114000${String(at).padStart(6, '0')}`);
    await twin.control(
      'POST',
      '/after-sales',
      ids.map((id) => afterSale(id)),
    );
    expect((await polled(Date.now() - 600_000, Date.now() + 600_000)).sort()).toEqual(ids);
    expect(await polled(Date.now() - 1_200_000, Date.now() - 600_000)).toEqual([]);
  });

  it('intercepts a parcel, and finds it on its way back', async () => {
    const { channel: api, command } = await theParcel({ costFen: 450, returnsAfterMs: 300 });
    expect(await api.create(command, sender)).toMatchObject({ kind: 'accepted', feeFen: 450 });
    expect((await twin.ledger()).at(-1)).toMatchObject({ verdict: 'accepted', waybillNo: WAYBILL });
    await until(async () => (await api.status(command, sender)).kind === 'returning', { what: 'the way back' });
  });

  it('is refused with the platform’s own code and words', async () => {
    const { channel: api, command } = await theParcel({ refuseWith: { code: -10009, reason: '快件已派送' } });
    expect(await api.create(command, sender)).toMatchObject({
      kind: 'refused',
      rawCode: '-10009',
      rawText: '快件已派送',
    });
    expect(await api.status(command, sender)).toMatchObject({ kind: 'unclear' });
  });

  it.each(['act_then_reset', 'act_then_half_body', 'garbage', 'http_error'])(
    'leaves the outcome open after %s',
    async (kind) => {
      const { channel: api, command } = await theParcel({});
      await twin.control('POST', '/faults', {
        endpoint: 'afterSale/applyLogisticsIntercept',
        kind,
        waybillNo: WAYBILL,
      });
      await expect(api.create(command, sender)).rejects.toMatchObject({ kind: 'outcome_unknown' });
    },
  );
});
