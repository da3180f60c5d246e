import { CarrierFault } from '../../../../domain/carrier/fault.js';
import type { CarrierAdapter, CarrierPlugin, PushAck } from '../../../../domain/carrier/port.js';
import type { TAOBAO_CREDENTIALS, TaobaoCredentials } from '../credentials.js';
import { interceptByRefund } from './by-refund.js';
import { interceptByWaybill } from './by-waybill.js';
import { TAOBAO_CHANNEL } from './manifest.js';

/** The platform pushes nothing to a channel; what turns up all the same is not acknowledged as stored. */
const ACK_STATUS = { stored: 200, bad_signature: 401, overloaded: 503 } as const;

function ack(outcome: keyof typeof ACK_STATUS): PushAck {
  return { status: ACK_STATUS[outcome], contentType: 'text/plain', body: outcome };
}

function none(what: string): () => Promise<never> {
  return async () => {
    throw new CarrierFault('bad_request', `Taobao has no interface to ${what}`);
  };
}

/** One shop's intercepts. `now` (ms) is for the gateway's timestamp. */
function channelFor(keys: TaobaoCredentials, now: () => number): CarrierAdapter {
  const ask = keys.interceptBy === 'refund' ? interceptByRefund : interceptByWaybill;
  return {
    manifest: TAOBAO_CHANNEL,
    create: (command, ctx) => ask(keys, command, ctx, now()),
    cancel: none('take an intercept back'),
    status: none('ask what became of an intercept'),
    track: none('read scans'),
    verifyPush: () => false,
    readPush: () => {
      throw new CarrierFault('contract_broken', 'Taobao pushes nothing to a channel');
    },
    ack,
  };
}

export const taobaoChannel: CarrierPlugin<typeof TAOBAO_CREDENTIALS> = {
  manifest: TAOBAO_CHANNEL,
  create: (keys) => channelFor(keys, Date.now),
};
