import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { yundaCredentials } from '../../../src/workers/carriers/yunda/credentials.js';
import { ackYundaPush, readYundaPush, verifyYundaPush } from '../../../src/workers/carriers/yunda/push.js';

const keys = yundaCredentials.parse({ appKey: '999999', appSecret: 'yunda-secret-demo' });
const DATA =
  '{"partner_id":"1","mailno":"4301814981782","action":"SENT","time":"2025-01-01 10:00:00","station_name":"江夏","city":"武汉市","description":"派件中"}';
const SIGN = createHash('md5').update(`${DATA}_yunda-secret-demo`).digest('hex');

const push = (fields: unknown) => ({ body: Buffer.from(JSON.stringify(fields)), headers: {}, query: {} });
const genuine = { data: DATA, appKey: '999999', sign: SIGN };

describe('a push of Yunda, whose signature is a guess by analogy', () => {
  it('is verified only if it was made with our secret: a wrong guess turns pushes away, it lets none in', () => {
    expect(verifyYundaPush(push(genuine), keys)).toBe(true);
    expect(verifyYundaPush(push({ ...genuine, sign: SIGN.toUpperCase() }), keys)).toBe(true);
    const odd = [
      ...[
        { ...genuine, sign: '' },
        { ...genuine, sign: undefined },
        { ...genuine, sign: 1 },
        { ...genuine, data: {} },
      ],
      ...[{ ...genuine, data: `${DATA} ` }, { data: '', sign: '' }, [], null, 'x'],
    ];
    for (const one of odd) expect(verifyYundaPush(push(one), keys)).toBe(false);
    const plain = createHash('md5').update(DATA).digest('hex');
    expect(verifyYundaPush(push({ ...genuine, sign: plain }), keys)).toBe(false);
  });
  it('is read with the time of China, in the words of the track', () => {
    expect(readYundaPush(push(genuine))).toEqual([
      {
        waybillNo: '4301814981782',
        status: null,
        sighting: {
          at: new Date('2025-01-01T02:00:00Z'),
          phase: 'out_for_delivery',
          rawCode: 'SENT',
          text: '派件中',
          place: '武汉市 江夏',
          source: 'push',
        },
      },
    ]);
  });
  it('is acknowledged with a yes only when it is stored', () => {
    const said = (['stored', 'bad_signature', 'overloaded'] as const).map(
      (outcome) => JSON.parse(ackYundaPush(outcome).body).result,
    );
    expect(said).toEqual([true, false, false]);
  });
});
