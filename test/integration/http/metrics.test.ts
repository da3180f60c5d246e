import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMetricsServer } from '../../../src/dashboard/metrics.js';
import { requestIntercepts } from '../../../src/domain/store/request-store.js';
import { REAL_BOOK } from '../../support/picture.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

let rig: WebRig;
let url: string;
let close: () => void;
beforeAll(async () => {
  rig = await webRig();
  const server = createMetricsServer(rig.metrics).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => void server.close().closeAllConnections();
});
afterAll(async () => {
  close();
  await rig.close();
});

const scrape = async () => (await fetch(`${url}/metrics`)).text();

describe('metrics', () => {
  it('are counted by the template of a route, so that ids do not become series', async () => {
    const authorization = await rig.token(['intercepts:read']);
    for (const id of ['one', 'two']) await fetch(`${rig.url}/api/v1/intercepts/${id}`, { headers: { authorization } });
    await fetch(`${rig.url}/webhooks/douyin/nobody`, { method: 'POST' });
    await fetch(`${rig.url}/some/secret/path`);
    const text = await scrape();
    const count = (labels: string) =>
      new RegExp(`jiejian_http_request_duration_seconds_count\\{${labels}\\} (\\d+)`).exec(text)?.[1];
    expect(count('method="GET",route="/api/v1/intercepts/:id",status="404"')).toBe('2');
    expect(count('method="POST",route="/webhooks/:platform/:shopId",status="404"')).toBe('1');
    expect(text).not.toMatch(/secret|route="[^"]*(one|nobody)/);
  });

  it('show what waits on each lane at the moment of looking', async () => {
    const shop = TWO_SHOPS.shops.get('dy-main');
    if (!shop) throw new Error('no shop');
    const parcel = { carrier: 'zto', waybillNo: 'W1', declaredValueFen: 100, pickedUpAt: new Date() };
    const amounts = { refundAmountFen: 100, paidAmountFen: 100 };
    const request = {
      shopId: shop.id,
      afterSaleId: 'a',
      orderId: 'o',
      type: 'refund_only',
      ...amounts,
      parcels: [parcel],
    } as const;
    await requestIntercepts(rig.db, { settings: TWO_SHOPS, book: REAL_BOOK }, shop, request, 'token:erp', new Date());
    const text = await scrape();
    expect(text).toContain('jiejian_lane_waiting{lane="zto-zto-main"} 1');
    expect(text).toContain('jiejian_lane_in_flight{lane="zto-zto-main"} 0');
    expect(text).toContain('jiejian_inbox_waiting 0');
    expect(text).toContain('jiejian_database_up 1');
    await rig.db.run("UPDATE intercept SET state = 'skipped'");
    expect(await scrape()).not.toContain('jiejian_lane_waiting{');
  });

  it('all carry our prefix', async () => {
    const names = (await scrape()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(names.filter((line) => !line.startsWith('jiejian_'))).toEqual([]);
  });

  it('are the only thing on their port, and not on the public one', async () => {
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${rig.url}/metrics`)).status).toBe(404);
  });
});
