import { chinaTime } from '../../frame/clock.js';
import type { CallLine, Outcome } from '../../frame/twin.js';
import type { WireValue } from '../../frame/wire-json.js';
import { answer, type Line, textField } from './answers.js';
import { textOf } from './codes.js';
import type { Opened } from './lop-gateway.js';
import type { JdOptions, JdSwitches } from './options.js';
import type { Shipments, Turned } from './shipments.js';
import { statusName, wordOf } from './words.js';

export const LOP_CANCEL = 'ecap/v1/orders/cancel';
export const LOP_STATUS = 'ecap/v1/orders/status/get';
export const LOP_TRACE = 'ecap/v1/orders/trace/query';

const WHOSE = ['waybillCode', 'orderOrigin', 'customerCode'] as const;
/** What the documents have beside these (orderCode, customerOrderId, subscribeIntercept), the twin does not take. */
const OF_CANCEL = [...WHOSE, 'cancelReason', 'cancelReasonCode', 'cancelType', 'businessUnitCode'] as const;

const RESULT_TYPES = { cancelled: 0, intercepted: 1, intercepted_again: 1 } as const;
const REFUSED_TYPES = { cancelled_before: 2, exists: 3, too_late: 3 } as const;

/** The three interfaces of LOP. */
export class LopDesk {
  constructor(
    readonly shipments: Shipments,
    readonly options: JdOptions,
    readonly switches: JdSwitches,
  ) {}

  cancel({ call, fields }: Opened): Outcome {
    const line = { waybillNo: textField(fields, 'waybillCode') };
    const unusable = this.#unusable(fields, OF_CANCEL, line) ?? this.#unusableCancel(fields, line);
    if (unusable !== undefined) return unusable;
    const again = this.switches.values.lopSecondIntercept === 'accept';
    return said(this.shipments.turnAround(line.waybillNo, call, again), line);
  }

  /** A shipment's status. The field's name is not documented. */
  status({ call, fields }: Opened): Outcome {
    const line = { waybillNo: textField(fields, 'waybillCode') };
    const unusable = this.#unusable(fields, WHOSE, line);
    if (unusable !== undefined) return unusable;
    const parcel = this.shipments.book.get(line.waybillNo);
    if (parcel === undefined) return no(990405, { ...line, verdict: 'answered' });
    const status = this.shipments.status(parcel, call.at);
    const data = { waybillCode: line.waybillNo, [this.options['status-field']]: status };
    return yes(data, { ...line, verdict: 'answered', code: String(status) });
  }

  /** The scans so far. An unknown waybill has none, like one that nobody has scanned: not documented. */
  trace({ call, fields }: Opened): Outcome {
    const line = { waybillNo: textField(fields, 'waybillCode') };
    const unusable = this.#unusable(fields, WHOSE, line);
    if (unusable !== undefined) return unusable;
    const parcel = this.shipments.book.get(line.waybillNo);
    const scans = parcel === undefined ? [] : this.shipments.scans(parcel, call.at);
    const { dateSeparator } = this.switches.values;
    const traceDetails = scans.map((scan) => {
      const { state, category, title } = wordOf(scan);
      return {
        waybillCode: line.waybillNo,
        operationTitle: title,
        operatorName: '京东快递',
        category,
        categoryName: statusName(category),
        state,
        operationTime: chinaTime(scan.at).replaceAll('-', dateSeparator),
        operationRemark: scan.desc ?? `【${scan.facilityName}】${title}`,
      };
    });
    const data = { collectorName: '', collectorPhone: '', traceDetails };
    return yes(data, { ...line, verdict: 'answered', facts: { scans: scans.length } });
  }

  /** Which parcel of whom; no field that is not `known`. */
  #unusable(
    fields: Readonly<Record<string, unknown>>,
    known: readonly string[],
    line: { waybillNo: string },
  ): Outcome | undefined {
    const strange = Object.keys(fields).some((name) => !known.includes(name));
    if (strange || line.waybillNo === '') return no(990400, { ...line, verdict: 'bad_request' });
    const ours =
      fields.orderOrigin === this.options['order-origin'] && fields.customerCode === this.options['customer-code'];
    return ours ? undefined : no(990406, { ...line, verdict: 'refused' });
  }

  #unusableCancel(fields: Readonly<Record<string, unknown>>, line: Line): Outcome | undefined {
    const reason = textField(fields, 'cancelReason').length;
    const kyb2c = this.options['order-origin'] === 4;
    const typed = kyb2c ? textField(fields, 'businessUnitCode') !== '' : fields.cancelType === 1;
    const whole = reason >= 1 && reason <= 30 && ['1', '2'].includes(textField(fields, 'cancelReasonCode')) && typed;
    return whole ? undefined : no(990400, { ...line, verdict: 'bad_request' });
  }
}

function said(turned: Turned, line: { waybillNo: string }): Outcome {
  if ('did' in turned) {
    const facts = { duplicate: turned.did === 'intercepted_again', cancelledShipment: turned.did === 'cancelled' };
    return result(RESULT_TYPES[turned.did], { ...line, verdict: 'accepted', facts });
  }
  if (turned.refused === 'unknown') return no(990405, { ...line, verdict: 'refused' });
  if (turned.refused !== 'scripted') return result(REFUSED_TYPES[turned.refused], { ...line, verdict: 'refused' });
  const scripted = { ...line, verdict: 'refused', facts: { scripted: true } } as const;
  const [, type] = /^resultType (\d+)$/.exec(turned.words) ?? [];
  if (type !== undefined) return result(Number(type), scripted);
  return /^\d+$/.test(turned.words) ? no(Number(turned.words), scripted) : no(990499, scripted, turned.words);
}

/** `success` beside a resultType of 2 or 3 is not documented: true here. */
function result(resultType: number, line: CallLine): Outcome {
  const { waybillNo = '' } = line;
  const data = { orderCode: `ESL${waybillNo}`, waybillCode: waybillNo, resultType };
  return yes(data, { ...line, code: `resultType ${resultType}` });
}

function yes(data: WireValue, line: CallLine): Outcome {
  return answer({ ...envelope(0, '成功'), success: true, data }, line);
}

function no(code: number, line: CallLine, subMsg = ''): Outcome {
  return answer(
    { ...envelope(code, textOf(code)), subMsg, success: false, data: null },
    { ...line, code: String(code) },
  );
}

function envelope(code: number, msg: string) {
  return { code, msg, subMsg: '', requestId: 'twin', mills: 1 };
}
