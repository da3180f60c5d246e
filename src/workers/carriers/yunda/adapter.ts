import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierAdapter, CarrierPlugin, CreateAnswer } from '../../../domain/carrier/port.js';
import { NOT_ENABLED } from './codes.js';
import type { YundaCredentials, yundaCredentials } from './credentials.js';
import { yundaManifest } from './manifest.js';
import { ackYundaPush, readYundaPush, verifyYundaPush } from './push.js';
import { createRequest, trackRequest } from './requests.js';
import { readCreate, readTrack } from './responses.js';

/** Refused at once and for good, without a call: the seller can turn to the branch, which waiting would only delay (R3). */
const SWITCHED_OFF: CreateAnswer = {
  kind: 'refused',
  refusal: 'courier_not_allowed',
  rawCode: NOT_ENABLED,
  rawText:
    '未发送：此韵达账号未启用拦截（enableIntercept），请电话联系网点。Nothing was sent: intercepts are not enabled for this Yunda account; phone the branch.',
};

/** One Yunda account. `now` (ms) is for the `req-time` header and the time of the order. */
function createYundaAdapter(keys: YundaCredentials, now: () => number): CarrierAdapter {
  return {
    manifest: yundaManifest,
    create: async (command, ctx) =>
      keys.enableIntercept ? readCreate(await ctx.send(createRequest(command, keys, now())), keys) : SWITCHED_OFF,
    cancel: async () => {
      throw new CarrierFault('bad_request', 'Yunda has no interface to cancel an intercept');
    },
    status: async () => {
      throw new CarrierFault('bad_request', 'Yunda has no query for the state of an intercept');
    },
    track: async (command, ctx) =>
      readTrack(await ctx.send(trackRequest(command, keys, now())), command.waybillNo, keys),
    verifyPush: (push) => verifyYundaPush(push, keys),
    readPush: readYundaPush,
    ack: ackYundaPush,
  };
}

export const yunda: CarrierPlugin<typeof yundaCredentials> = {
  manifest: yundaManifest,
  create: (keys) => createYundaAdapter(keys, Date.now),
};
