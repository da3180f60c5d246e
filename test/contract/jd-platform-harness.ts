import { jdPlugin } from '../../src/producers/platforms/jd/adapter.js';
import { APP, askedOf, detailOf, gatewayFailure, listPage, listPages, record, wrapped } from './jd-pop-wire.js';
import type { PlatformHarness } from './platform-harness.js';

const list = (inner: string) => wrapped('queryPageList', inner);
const refund = (inner: string) => wrapped('queryById', inner);

export const jdPlatformHarness: PlatformHarness = {
  plugin: jdPlugin,
  // No code for too many calls is documented, and no field for what the buyer paid: a shop names both.
  credentials: {
    ...APP,
    paidAmountField: 'orderPayment',
    meanings: { '990429': 'throttled', '990503': 'unavailable' },
  },
  secrets: [APP.appSecret, APP.accessToken],
  platformShopId: '10123456',
  longId: '7000893114000949517',
  orderId: '4835804142146757001',
  states: { amount: true, status: ['open', 'refused', 'closed'], moment: true },
  poll: {
    window: listPages,
    withUnreadable: (before, after) => (request) => {
      const { content } = askedOf(request);
      if (content.checkTimeStart !== undefined) return listPage([], 0);
      return listPage(
        [record(before), '{"orderId":4835804142146757001,"applyRefundSum":"八十九元"}', record(after)],
        3,
      );
    },
    broken: [
      list('"queryResult":null'),
      list('"queryResult":{}'),
      list('"queryResult":{"success":true}'),
      list('"queryResult":{"success":true,"totalCount":3}'),
      list('"queryResult":{"success":true,"totalCount":"many","result":[]}'),
      list('"queryResult":{"success":true,"totalCount":1,"result":{}}'),
      list('"queryResult":{"success":"true","totalCount":0,"result":[]}'),
      list('"queryResult":{"success":false,"totalCount":0,"result":[]}'),
      wrapped('queryPageList', '"queryResult":{"success":true,"totalCount":0,"result":[]}', '"99"'),
      wrapped('queryById', '"queryResult":{"success":true,"totalCount":0,"result":[]}'),
      gatewayFailure('990999'),
    ],
  },
  detail: {
    of: detailOf,
    withoutAmounts: (shown) => detailOf(shown, false),
    types: ['refund_only', 'refund_before_shipment'],
    statuses: ['open', 'refused', 'closed'],
    ofAnother: (shown, other) => detailOf(shown, true, other),
    throttled: gatewayFailure('990429', '调用过于频繁'),
    badCredentials: gatewayFailure('19', `无效access_token ${APP.accessToken}`),
    unavailable: gatewayFailure('990503', '服务不可用'),
    broken: [
      refund('"queryResult":{"success":true,"result":null}'),
      refund('"queryResult":{"success":true,"result":[]}'),
      refund('"queryResult":{"success":true,"result":[1]}'),
      refund('"queryResult":{"success":false}'),
      refund('"queryResult":[]'),
      gatewayFailure('990999'),
    ],
    couriers: { '1499': 'zto', '463': 'yto', '1327': 'yunda', '470': 'sto', '467': 'sf', '465': 'ems' },
  },
};
