import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierAdapter, PushAck } from '../../../domain/carrier/port.js';

const ACKS = {
  stored: { status: 200, body: '{"success":true}' },
  bad_signature: { status: 401, body: '{"success":false}' },
  overloaded: { status: 503, body: '{"success":false}' },
} as const;

function ack(outcome: keyof typeof ACKS): PushAck {
  return { ...ACKS[outcome], contentType: 'application/json; charset=utf-8' };
}

/** JD pushes tracks and intercepts to those who subscribe; neither form nor signature is documented, so none is believed. */
export const NO_PUSH: Pick<CarrierAdapter, 'verifyPush' | 'readPush' | 'ack'> = {
  verifyPush: () => false,
  readPush: () => {
    throw new CarrierFault('contract_broken', "the form of JD's pushes is not documented");
  },
  ack,
};
