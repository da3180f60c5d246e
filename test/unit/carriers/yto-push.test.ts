import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ytoCredentials } from '../../../src/workers/carriers/yto/credentials.js';
import { ackYtoPush, readYtoPush, verifyYtoPush } from '../../../src/workers/carriers/yto/push.js';

const keys = (more: object = {}) =>
  ytoCredentials.parse({ appKey: 'a', customerCode: 'c', appSecret: 'yto-secret-demo', ...more });

const XML =
  '<?xml version="1.0" encoding="UTF-8"?><UpdateInfo><logisticProviderID>YTO</logisticProviderID><clientID>K1</clientID><mailNo>YT2819007867584</mailNo><txLogisticID>LP1</txLogisticID><infoType>STATUS</infoType><infoContent>SENT_SCAN</infoContent><acceptTime>2025-01-01 10:00:00.0 CST</acceptTime><remark>派件 &amp; 联系 张三</remark><weight>0.5</weight><orgName>武汉江夏</orgName><city>武汉市</city><district>江夏区</district><extendFields><a>1</a></extendFields></UpdateInfo>';

const digest = (text: string, secret: string) =>
  createHash('md5')
    .update(text + secret)
    .digest('base64');

function push(fields: [string, string][]) {
  return { body: Buffer.from(new URLSearchParams(fields).toString()), headers: {}, query: {} };
}
const genuine = (secret = 'yto-secret-demo'): [string, string][] => [
  ['logistics_interface', XML],
  ['data_digest', digest(XML, secret)],
  ['clientId', 'K1'],
  ['type', 'online'],
];

describe('a track push of YTO', () => {
  it('is verified with the secret of the subscription, which may be another than that of the orders', () => {
    expect(verifyYtoPush(push(genuine()), keys())).toBe(true);
    expect(verifyYtoPush(push(genuine('second')), keys())).toBe(false);
    expect(verifyYtoPush(push(genuine('second')), keys({ secrets: { track_push: 'second' } }))).toBe(true);
    expect(verifyYtoPush(push(genuine()), keys({ secrets: { track_push: 'second' } }))).toBe(false);
  });
  it('is verified as in the example of the documents', () => {
    const example: [string, string][] = [
      ['logistics_interface', '<order></order>'],
      ['data_digest', 'LghTkEmsD2tbQ3fsIBRcBg=='],
    ];
    expect(verifyYtoPush(push(example), keys({ appSecret: '123456' }))).toBe(true);
  });
  it('is not verified if a second message hides behind the signed one', () => {
    expect(verifyYtoPush(push([...genuine(), ['logistics_interface', '<a/>']]), keys())).toBe(false);
    expect(verifyYtoPush(push([['logistics_interface', '<a/>'], ...genuine()]), keys())).toBe(false);
    expect(verifyYtoPush(push([...genuine(), ['data_digest', 'x']]), keys())).toBe(false);
  });
  it('is read with the time of China, its words and its place; an extension nobody documented is skipped', () => {
    expect(readYtoPush(push(genuine()))).toEqual([
      {
        waybillNo: 'YT2819007867584',
        status: null,
        sighting: {
          at: new Date('2025-01-01T02:00:00Z'),
          phase: 'out_for_delivery',
          rawCode: 'SENT_SCAN',
          text: '派件 & 联系 张三',
          place: '武汉市 江夏区 武汉江夏',
          source: 'push',
        },
      },
    ]);
  });
  it('is acknowledged in the words of YTO, with a success only for what is stored', () => {
    const said = (['stored', 'bad_signature', 'overloaded'] as const).map((outcome) => ackYtoPush(outcome).body);
    expect(said[0]).toBe(
      '<Response><logisticProviderID>YTO</logisticProviderID><txLogisticID></txLogisticID><success>true</success><reason></reason></Response>',
    );
    expect(said.map((body) => body.includes('<success>true</success>'))).toEqual([true, false, false]);
  });
});
