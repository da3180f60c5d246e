import { jdPlugin } from '../../src/producers/platforms/jd/adapter.js';
import { commandOf } from '../support/command.js';
import type { Reply } from '../support/scripted-server.js';
import type { CarrierHarness } from './carrier-harness.js';
import { APP, gatewayFailure, record, refundOf, wrapped } from './jd-pop-wire.js';

const WAYBILL = 'JDVC00000000001';
const AFTER_SALE = '7000893114000949517';

const { channel } = jdPlugin;
if (!channel) throw new Error('JD POP has its own intercept API');

const reply = (inner: string): Reply => wrapped('replyRefund', inner);
const told = (afterSaleId = AFTER_SALE) =>
  ({ afterSaleId, orderId: '4835804142146757001', status: 'open', refundFen: 8900, atMs: 1_795_000_000_000 }) as const;
/** The application in any status. */
const inStatus = (status: string): Reply => refundOf([record(told()).replace('"status":0', `"status":${status}`)]);

export const jdChannelHarness: CarrierHarness = {
  plugin: channel,
  credentials: { ...APP, agreesRefund: true, meanings: { '990429': 'throttled' } },
  secrets: [APP.appSecret, APP.accessToken],
  command: commandOf({
    waybillNo: WAYBILL,
    carrier: 'jd',
    requestId: '4711-1',
    bizNo: '4711-1',
    asKnownThere: {
      rawCarrier: '2087',
      wantedBy: [{ afterSaleId: AFTER_SALE, orderId: '4835804142146757001', version: null }],
    },
  }),
  wire: {
    accepted: (carrierRef) => reply(`"replyResult":{"success":true,"message":"${carrierRef}"}`),
    // JD gives an order no number: it is known by the after-sale.
    numberIn: 'rawText',
    failed: (code) => gatewayFailure(code),
    unknownCodes: ['990999', '7', '-1', ''],
    almostAccepted: [
      reply('"replyResult":{"success":"true"}'),
      reply('"replyResult":{"success":1}'),
      reply('"replyResult":{}'),
      reply('"replyResult":null'),
      reply('"replyResult":true'),
      reply('"replyResult":[{"success":true}]'),
      reply('"result":{"success":true}'),
      reply('"replyResult":{"success":true,"errorCode":"500","errorMessage":"系统异常"}'),
      wrapped('replyRefund', '"replyResult":{"success":true}', '"67"'),
      wrapped('queryById', '"replyResult":{"success":true}'),
      gatewayFailure('0', '成功'),
    ],
    // The text names the parcel: what is kept of a call must say what it was about.
    badCredentials: gatewayFailure('19', `无效access_token ${WAYBILL}`),
    throttled: gatewayFailure('990429', '调用过于频繁'),
    status: {
      known: {
        no_record: [inStatus('0')],
        pending: [inStatus('6'), inStatus('"6"')],
        stopped: [inStatus('7')],
        failed: [inStatus('8')],
      },
      unknown: [
        ...['1', '2', '3', '4', '5', '9', '10', '11', '12', '99', 'null', '""'].map(inStatus),
        refundOf([]),
        wrapped('queryById', '"queryResult":{"success":false,"errorCode":"404"}'),
      ],
    },
  },
};
