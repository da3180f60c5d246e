import { CarrierFault } from '../../../domain/carrier/fault.js';
import { refusedCreate } from '../../../domain/carrier/meanings.js';
import type {
  CarrierRequest,
  CarrierResponse,
  CreateAnswer,
  InterceptCommand,
  RawAnswer,
} from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { businessCode, josAnswer, josVerdict } from './answers.js';
import type { JdShopCredentials } from './credentials.js';
import { josRequest } from './gateway.js';
import { isRefundId } from './record.js';

/** 通过并京东拦截: stops the parcel **and agrees the refund**. */
const AGREE_AND_INTERCEPT = 6;
/** 实际是否已出库: 1 已出库. There is a waybill, so it has left. */
const HAS_LEFT = 1;
/** Codes beside a success that do not speak against it. */
const FINE = /^(0+|200)?$/;

const NOT_AGREED: CreateAnswer = {
  kind: 'refused',
  refusal: 'courier_bad_data',
  rawCode: 'agrees_refund_not_set',
  rawText:
    '未发送：京东“通过并京东拦截”会同时同意退款，请确认后在店铺 credentials 中设置 agreesRefund: true。Nothing was sent: on this channel JD agrees the refund together with the stop; set agreesRefund: true in the shop’s credentials if that is what you want.',
};

const NOT_JD: CreateAnswer = {
  kind: 'refused',
  refusal: 'courier_not_ours',
  rawCode: 'carrier_not_in_intercept_carriers',
  rawText:
    '未发送：京东拦截只用于 interceptCarriers 中的快递（默认仅京东快递），否则可能退款而未拦截。Nothing was sent: JD is asked to stop parcels of interceptCarriers only (by default its own); others might be refunded and delivered all the same.',
};

/** Refused here and at once, without a call, where sending would spend what the seller has not agreed to; null: send. */
export function refusedHere(command: InterceptCommand, credentials: JdShopCredentials): CreateAnswer | null {
  if (!credentials.agreesRefund) return NOT_AGREED;
  return credentials.interceptCarriers.includes(command.carrier) ? null : NOT_JD;
}

/** The after-sale that an order is, or was, given under. Throws CarrierFault: without one there is nothing to ask for. */
export function refundIdOf({ asKnownThere, carrierRef }: InterceptCommand, wasTaken: boolean): string {
  const oldest = asKnownThere?.wantedBy[0]?.afterSaleId;
  const id = wasTaken ? (carrierRef ?? oldest) : oldest;
  if (id === undefined || !isRefundId(id)) {
    throw new CarrierFault('bad_request', 'no after-sale of JD stands behind this parcel');
  }
  return id;
}

/** The review that agrees the refund and has JD stop the parcel, under the oldest after-sale. No request id exists. */
export function replyRequest(command: InterceptCommand, credentials: JdShopCredentials, nowMs: number): CarrierRequest {
  const content = {
    id: refundIdOf(command, false),
    status: AGREE_AND_INTERCEPT,
    checkUserName: credentials.checkUserName,
    remark: `${credentials.remark} ${command.waybillNo}`,
    outWareStatus: HAS_LEFT,
  };
  return josRequest(credentials, 'reply', content, nowMs);
}

function refused(raw: RawAnswer, isGateways: boolean, credentials: JdShopCredentials): CreateAnswer {
  const verdict = josVerdict(raw, 'write', credentials);
  // Of the gateway's failures a few are known to come before anybody acts; any other may come after.
  if (verdict === null && isGateways) {
    throw new CarrierFault('outcome_unknown', `JD answered ${raw.rawCode || 'no code'}, which nobody explained`, {
      rawCode: raw.rawCode,
    });
  }
  return refusedCreate(verdict, raw);
}

function readReply(response: CarrierResponse, refundId: string, credentials: JdShopCredentials): CreateAnswer {
  const answer = josAnswer(response, 'reply');
  if (answer.shape === 'refused') {
    const { rawCode, rawText, isGateways } = answer;
    return refused({ rawCode, rawText }, isGateways, credentials);
  }
  const code = businessCode(answer.result);
  if (!FINE.test(code)) throw new UnreadableEvent('replyResult says yes and a code of a failure');
  return { kind: 'accepted', carrierRef: refundId, rawCode: 'success true', rawText: answer.rawText };
}

/** `replyResult.success === true` is the only yes: JD took the order, 7 or 8 will say how it ended. Throws CarrierFault. */
export function readCreate(
  response: CarrierResponse,
  command: InterceptCommand,
  credentials: JdShopCredentials,
): CreateAnswer {
  try {
    return readReply(response, refundIdOf(command, false), credentials);
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error;
    throw new CarrierFault('outcome_unknown', error.message);
  }
}
