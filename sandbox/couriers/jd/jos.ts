import { chinaTime } from '../../frame/clock.js';
import type { Call, CallLine, Outcome } from '../../frame/twin.js';
import { readJsonObject, type WireValue } from '../../frame/wire-json.js';
import { answer, gatewayNo, isTimestamp, textField } from './answers.js';
import { textOf } from './codes.js';
import type { JdOptions, JdSwitches } from './options.js';
import type { Shipments, Turned } from './shipments.js';
import { josSign, sameSign } from './sign.js';
import { wordOf } from './words.js';

/** All of JOS is one address; the method is a parameter. */
export const JOS_PATH = 'routerjson';
export const JOS_INTERCEPT = 'jingdong.ldop.receive.order.intercept';
const JOS_TRACE = 'jingdong.ldop.receive.trace.get';

const SYSTEM = ['method', 'access_token', 'app_key', 'timestamp', 'v', 'sign', '360buy_param_json'];
const OF_INTERCEPT = [
  'vendorCode',
  'deliveryId',
  'interceptReason',
  'cancelOperatorCodeType',
  'cancelTime',
  'cancelOperator',
];

/** The parameters of a call: of the form, and of the address, where some clients put the system's. */
export function josParams({ raw, query }: Call): ReadonlyMap<string, string> {
  return new Map([...query, ...new URLSearchParams(raw.toString('utf8'))]);
}

/** The two methods of JOS. */
export class JosDesk {
  constructor(
    readonly shipments: Shipments,
    readonly options: JdOptions,
    readonly switches: JdSwitches,
  ) {}

  /** The gateway's checks in order: form, system parameters, app and token, sign, business part. */
  handle(call: Call, allowed: (call: Call) => boolean): Outcome {
    const type = (call.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
    if (call.method !== 'POST' || type !== 'application/x-www-form-urlencoded') {
      return gatewayNo(990400, 'bad_request');
    }
    const params = josParams(call);
    const of = (name: string): string => params.get(name) ?? '';
    const exact = params.size === SYSTEM.length && SYSTEM.every((name) => params.has(name));
    if (!exact || of('v') !== '2.0' || !isTimestamp(of('timestamp'))) return gatewayNo(990400, 'bad_request');
    const known = of('app_key') === this.options['app-key'] && of('access_token') === this.options['access-token'];
    if (!known) return gatewayNo(990403, 'bad_signature');
    if (!sameSign(of('sign'), josSign(params, this.options['app-secret']))) return gatewayNo(990401, 'bad_signature');
    const content = readJsonObject(of('360buy_param_json'));
    if (content === undefined) return gatewayNo(990400, 'bad_request');
    if (!allowed(call)) return gatewayNo(990429, 'throttled');
    if (of('method') === JOS_INTERCEPT) return this.#intercept(call, content);
    return of('method') === JOS_TRACE ? this.#trace(call, content) : gatewayNo(990404, 'bad_request');
  }

  #intercept(call: Call, content: Readonly<Record<string, unknown>>): Outcome {
    const line = { waybillNo: textField(content, 'deliveryId') };
    const strange = Object.keys(content).some((name) => !OF_INTERCEPT.includes(name));
    if (strange || line.waybillNo === '' || textField(content, 'interceptReason') === '') {
      return gatewayNo(990400, 'bad_request', line);
    }
    if (content.vendorCode !== this.options['customer-code']) return state(990406, { ...line, verdict: 'refused' });
    const again = this.switches.values.josSecondIntercept === 'accept';
    return said(this.shipments.turnAround(line.waybillNo, call, again), line);
  }

  #trace(call: Call, content: Readonly<Record<string, unknown>>): Outcome {
    const line = { waybillNo: textField(content, 'waybillCode') };
    const ours = content.customerCode === this.options['customer-code'] && Object.keys(content).length === 2;
    if (!ours || line.waybillNo === '') return gatewayNo(990400, 'bad_request', line);
    const parcel = this.shipments.book.get(line.waybillNo);
    const scans = parcel === undefined ? [] : this.shipments.scans(parcel, call.at);
    const { dateSeparator } = this.switches.values;
    const data = scans.map((scan) => ({
      opeTitle: wordOf(scan).title,
      opeRemark: scan.desc ?? `【${scan.facilityName}】${wordOf(scan).title}`,
      opeName: '京东快递',
      opeTime: chinaTime(scan.at).replaceAll('-', dateSeparator),
      waybillCode: line.waybillNo,
      courier: '',
      courierTel: '',
    }));
    const result = { querytrace_result: { code: 100, messsage: '成功', data } };
    return wrapped(JOS_TRACE, result, { ...line, verdict: 'answered', facts: { method: JOS_TRACE } });
  }
}

/** 100 whether it was cancelled or intercepted, as documented. Every other number but 108 is made up. */
function said(turned: Turned, line: { waybillNo: string }): Outcome {
  if ('did' in turned) {
    const facts = { duplicate: turned.did === 'intercepted_again', cancelledShipment: turned.did === 'cancelled' };
    return state(100, { ...line, verdict: 'accepted', facts });
  }
  const refused = { ...line, verdict: 'refused' } as const;
  switch (turned.refused) {
    case 'unknown':
      return state(990405, refused);
    case 'too_late':
      return state(990410, refused);
    case 'scripted': {
      const code = /^\d+$/.test(turned.words) ? Number(turned.words) : 990499;
      return state(code, { ...refused, facts: { scripted: true } }, turned.words);
    }
    default:
      return state(108, refused, '运单已经被取消成功过了');
  }
}

function state(stateCode: number, line: CallLine, words?: string): Outcome {
  const stateMessage = words ?? (stateCode === 100 ? '发送拦截成功' : textOf(stateCode));
  const facts = { ...line.facts, method: JOS_INTERCEPT };
  return wrapped(
    JOS_INTERCEPT,
    { resultInfo: { stateCode, stateMessage } },
    { ...line, code: `stateCode ${stateCode}`, facts },
  );
}

/** "responce" is JD's own spelling. */
function wrapped(method: string, inner: WireValue, line: CallLine): Outcome {
  return answer({ [`${method.replaceAll('.', '_')}_responce`]: inner }, line);
}
