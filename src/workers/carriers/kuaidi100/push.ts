import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierPush, PushAck, RawPush } from '../../../domain/carrier/port.js';
import { parseChinaTime } from '../../../domain/china-time.js';
import type { ParcelPhase, Sighting } from '../../../domain/tracking/sighting.js';
import { asFields, asText, parseJson } from '../json-fields.js';
import { sameDigest } from '../same-digest.js';
import { courierOf } from './companies.js';
import type { Kuaidi100Credentials } from './credentials.js';
import { normaliseKuaidi100Waybill } from './responses.js';
import { signKuaidi100Callback } from './sign.js';
import { meaningOfStatus } from './statuses.js';

/** A form field that is there exactly once; a second one could hide behind the one that was signed. */
function single(body: Uint8Array, name: string): string | null {
  const values = new URLSearchParams(Buffer.from(body).toString('utf8')).getAll(name);
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** `sign` over `param` as it reads after url-decoding, with the salt that every order of the account carries. */
export function verifyKuaidi100Push(push: RawPush, { salt }: Kuaidi100Credentials): boolean {
  const param = single(push.body, 'param');
  const given = single(push.body, 'sign');
  if (salt === undefined || param === null || given === null) return false;
  return sameDigest(given.toLowerCase(), signKuaidi100Callback(param, salt));
}

/** The scalar under `a.b.c`; '' if there is none. */
function at(root: unknown, path: string): string {
  let value = root;
  for (const name of path.split('.')) {
    const fields = asFields(value);
    value = fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
  }
  return asText(value);
}

const MS = /^\d{13}$/;

/** Ms since 1970, as in Kuaidi100's answers, or local time, as in its tracks. Null: unreadable, or not there. */
function momentOf(time: string): Date | null {
  return MS.test(time) ? new Date(Number(time)) : parseChinaTime(time);
}

/** Only a dated word about the road is a sighting: no time is ever made up. */
function sightingOf(phase: ParcelPhase | null, time: string, rawCode: string, text: string): Sighting | null {
  const moment = momentOf(time);
  return phase && moment && { at: moment, phase, rawCode, text, place: null, source: 'push' };
}

/**
 * A result of interceptOrder. Nothing of its body is documented: where its values are and what its words mean is the
 * account's (`callback`). Throws CarrierFault('contract_broken') without a waybill or a status, so that it is set aside
 * whole and can be read again once the fields are mended.
 */
export function readKuaidi100Push(
  push: Pick<RawPush, 'body'>,
  { callback, companyCodes }: Kuaidi100Credentials,
): readonly CarrierPush[] {
  const param = parseJson(single(push.body, 'param') ?? '');
  const { fields, statuses } = callback;
  const waybillNo = normaliseKuaidi100Waybill(at(param, fields.waybill).slice(0, 64));
  const rawCode = at(param, fields.status).slice(0, 64);
  if (!waybillNo || !rawCode) {
    throw new CarrierFault(
      'contract_broken',
      'a callback without waybill or status where callback.fields looks for them',
    );
  }
  const rawText = at(param, fields.text);
  const { kind, phase } = meaningOfStatus(rawCode, statuses);
  const bizNo = at(param, fields.order).slice(0, 191);
  const carrier = courierOf(at(param, fields.company), companyCodes);
  return [
    {
      waybillNo,
      ...(carrier === undefined ? {} : { carrier }),
      ...(bizNo === '' ? {} : { bizNo }),
      sighting: sightingOf(phase, at(param, fields.time), rawCode, rawText),
      status: { kind, rawCode, rawText },
    },
  ];
}

const ACKS = {
  stored: { status: 200, result: true, returnCode: '200', message: '提交成功' },
  bad_signature: { status: 401, result: false, returnCode: '401', message: '签名错误' },
  overloaded: { status: 503, result: false, returnCode: '500', message: '未保存，请重新推送' },
} as const;

/** `{"result":true,"returnCode":"200","message":"提交成功"}`, documented for the sibling callback 打印状态回调. */
export function ackKuaidi100Push(outcome: keyof typeof ACKS): PushAck {
  const { status, ...body } = ACKS[outcome];
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
