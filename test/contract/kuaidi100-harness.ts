import { createHash } from 'node:crypto';
import type { RawPush } from '../../src/domain/carrier/port.js';
import { kuaidi100 } from '../../src/workers/carriers/kuaidi100/adapter.js';
import { commandOf } from '../support/command.js';
import type { Reply } from '../support/scripted-server.js';
import type { CarrierHarness } from './carrier-harness.js';

const WAYBILL = 'DPK000000000001';
const SECRET = 'kd100-secret-demo';
const KEY = 'kd100-key-demo';
const SALT = 'kd100saltdemo00001';

const json = (value: unknown): Reply => ({ body: JSON.stringify(value) });
const answer = (code: unknown, message: string) => ({ code, message, data: null, time: 1_700_000_000_000 });
/** Codes are numbers on the wire as far as anybody has seen them. */
const failed = (code: string): Reply => json(answer(/^\d+$/.test(code) ? Number(code) : code, '业务失败'));

function signedPush(param: string): RawPush {
  const sign = createHash('md5')
    .update(param + SALT)
    .digest('hex')
    .toUpperCase();
  return { body: Buffer.from(new URLSearchParams({ param, sign }).toString()), headers: {}, query: {} };
}

/** The words stand for what an account was told; Kuaidi100 documents none. */
const STATUSES = { A1: 'pending', A2: 'stopped', A3: 'returning', A4: 'finished', A5: 'failed' };
/** Only these speak of where the parcel is. */
const PHASES = { A3: 'returning', A4: 'returned' } as const;

export const kuaidi100Harness: CarrierHarness = {
  plugin: kuaidi100,
  credentials: {
    key: KEY,
    secret: SECRET,
    callbackUrl: 'https://seller.example/callbacks/kuaidi100/kd-main',
    salt: SALT,
    // Kuaidi100 documents no code either.
    meanings: { '70001': 'credentials', '70002': 'throttled' },
    callback: { fields: { status: 'data.status' }, statuses: STATUSES },
  },
  secrets: [SECRET, KEY, SALT],
  command: commandOf({ waybillNo: WAYBILL, carrier: 'deppon', requestId: '4711-1', bizNo: '4711-1' }),
  wire: {
    accepted: (message) => json(answer(200, message)),
    numberIn: 'rawText',
    failed,
    unknownCodes: ['500', '30001', '0', '', 'constructor'],
    almostAccepted: [
      json(answer('200', '提交成功')),
      json({ ...answer(200, '提交成功'), success: false }),
      json({ ...answer(200, '提交成功'), success: 'true' }),
      json({ result: true, message: '提交成功' }),
      json({ returnCode: '200', result: true }),
      json({ status: 200, message: 'ok' }),
      json([answer(200, '提交成功')]),
    ],
    badCredentials: failed('70001'),
    throttled: failed('70002'),
    push: {
      genuine: ({ code, at }) =>
        signedPush(
          JSON.stringify({
            kuaidicom: 'debangwuliu',
            kuaidinum: WAYBILL,
            orderid: '4711-1',
            message: '退回中 "100%"',
            time: at.getTime(),
            data: { status: code },
          }),
        ),
      unreadable: [
        signedPush('not json'),
        signedPush('[]'),
        signedPush('{}'),
        signedPush(JSON.stringify({ kuaidinum: '', data: { status: 'A3' } })),
        signedPush(JSON.stringify({ kuaidinum: WAYBILL, status: 'A3' })),
        signedPush(JSON.stringify({ kuaidinum: WAYBILL, data: { status: {} } })),
      ],
      phases: PHASES,
    },
  },
};
