import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierRequest, CarrierResponse, InterceptCommand, StatusAnswer } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, listAt } from '../fields.js';
import { josAnswer, josVerdict } from './answers.js';
import { statusRow } from './codes.js';
import type { JdShopCredentials } from './credentials.js';
import { theRecord } from './detail.js';
import { josRequest } from './gateway.js';
import { refundIdOf } from './reply.js';

/** "What became of it?": the application that the order was given under. Throws CarrierFault. */
export function outcomeRequest(
  command: InterceptCommand,
  credentials: JdShopCredentials,
  nowMs: number,
): CarrierRequest {
  return josRequest(credentials, 'refund', { id: refundIdOf(command, true) }, nowMs);
}

function readStatus(response: CarrierResponse, refundId: string, credentials: JdShopCredentials): StatusAnswer {
  const answer = josAnswer(response, 'refund');
  if (answer.shape === 'refused') {
    const { rawCode, rawText } = answer;
    josVerdict(answer, 'read', credentials);
    return { kind: 'unclear', rawCode, rawText };
  }
  // An application that JD does not show proves nothing about an order.
  if (listAt(answer.result.result, 'result').length === 0) return { kind: 'unclear', rawCode: '', rawText: '' };
  const code = codeAt(theRecord(answer.result, refundId), 'status') ?? '';
  const row = statusRow(code);
  return { kind: row?.intercept ?? 'unclear', rawCode: code, rawText: row?.zh ?? '' };
}

/**
 * 7 the parcel was stopped, 8 it was not, 6 JD is at it, 0 nobody has reviewed the application, so there is no order;
 * anything else leaves it open. Throws CarrierFault.
 */
export function readOutcome(
  response: CarrierResponse,
  command: InterceptCommand,
  credentials: JdShopCredentials,
): StatusAnswer {
  try {
    return readStatus(response, refundIdOf(command, true), credentials);
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error;
    throw new CarrierFault('contract_broken', error.message);
  }
}
