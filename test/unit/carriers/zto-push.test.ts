import { describe, expect, it } from '@jest/globals';
import { ztoCredentials } from '../../../src/workers/carriers/zto/credentials.js';
import { ackZtoPush, readZtoPush, verifyZtoPush } from '../../../src/workers/carriers/zto/push.js';

const keys = (more: object = {}) => ztoCredentials.parse({ appKey: 'a', appSecret: 'zto-secret-demo', ...more });

/** A published push with its digest; neither was made with this code. */
const DATA =
  '{"billCode":"73100130019486","action":"DISPATCH","actionTime":"2025-01-01 10:00:00","city":"武汉市","facilityCode":"02729","facilityName":"武汉藏龙岛","desc":"正在派件"}';
const DIGEST = 'EF5hxh1DnGfcq4yXEbapbQ==';

function push(fields: [string, string][]) {
  return { body: Buffer.from(new URLSearchParams(fields).toString()), headers: {}, query: {} };
}
const genuine: [string, string][] = [
  ['data', DATA],
  ['data_digest', DIGEST],
  ['msg_type', 'Traces'],
  ['company_id', 'a'],
];
const returned = (extra: object) =>
  push([
    ['data', JSON.stringify({ billCode: '7', action: 'RETURN_SCAN', actionTime: '2025-01-01 10:00:00', ...extra })],
    ['msg_type', 'Traces'],
  ]);

describe('a track push of ZTO', () => {
  it('is verified over the data as it reads after url-decoding', () => {
    expect(verifyZtoPush(push(genuine), keys())).toBe(true);
    expect(verifyZtoPush(push(genuine), keys({ appSecret: 'other' }))).toBe(false);
    expect(verifyZtoPush(push(genuine), keys({ pushDigest: 'sha256' }))).toBe(false);
  });
  it('is not verified if a second `data` hides behind the signed one', () => {
    expect(verifyZtoPush(push([...genuine, ['data', '{}']]), keys())).toBe(false);
    expect(verifyZtoPush(push([['data', '{}'], ...genuine]), keys())).toBe(false);
    expect(verifyZtoPush(push([...genuine, ['data_digest', DIGEST]]), keys())).toBe(false);
  });
  it('is read with the time of China, wherever this runs', () => {
    expect(readZtoPush(push(genuine), keys())).toEqual([
      {
        waybillNo: '73100130019486',
        status: null,
        sighting: {
          at: new Date('2025-01-01T02:00:00Z'),
          phase: 'out_for_delivery',
          rawCode: 'DISPATCH',
          text: '正在派件',
          place: '武汉市 武汉藏龙岛',
          source: 'push',
        },
      },
    ]);
  });
  it('keeps a waybill of 19 digits, even where it comes as a number', () => {
    const data = DATA.replace('"73100130019486"', '7000893114000949517');
    const [read] = readZtoPush(
      push([
        ['data', data],
        ['msg_type', 'Traces'],
      ]),
      keys(),
    );
    expect(read?.waybillNo).toBe('7000893114000949517');
  });
  it('of a return is a return, unless the account knows its type as a changed address', () => {
    const phase = (extra: object, more: object = {}) => readZtoPush(returned(extra), keys(more))[0]?.sighting?.phase;
    expect(phase({})).toBe('returning');
    expect(phase({ returnType: 3 })).toBe('returning');
    expect(phase({ returnType: 3 }, { redirectTypes: ['3'] })).toBe('unknown');
    expect(phase({ returnUpdateType: 'ADDR' }, { redirectTypes: ['ADDR'] })).toBe('unknown');
    expect(phase({ returnType: 2 }, { redirectTypes: ['3'] })).toBe('returning');
  });
  it('is acknowledged in the words ZTO documents, of which it reads `status` alone', () => {
    const said = (['stored', 'bad_signature', 'overloaded'] as const).map((outcome) =>
      JSON.parse(ackZtoPush(outcome).body),
    );
    expect(said[0]).toEqual({ status: true, message: 'stored', result: 'success', statusCode: '0' });
    expect(said.map((ack) => ack.status)).toEqual([true, false, false]);
  });
});
