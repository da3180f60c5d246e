import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierAdapter, CarrierPlugin } from '../../../domain/carrier/port.js';
import type { JtexpressCredentials, jtexpressCredentials } from './credentials.js';
import { jtexpressManifest } from './manifest.js';
import { ackJtexpressPush, readJtexpressPush, verifyJtexpressPush } from './push.js';
import { createRequest, trackRequest } from './requests.js';
import { readCreate, readTrack } from './responses.js';

/** One J&T account. `now` (ms) is only for the `timestamp` header, which is not signed. */
function createJtexpressAdapter(keys: JtexpressCredentials, now: () => number): CarrierAdapter {
  return {
    manifest: jtexpressManifest,
    create: async (command, ctx) => readCreate(await ctx.send(createRequest(command, keys, now())), keys),
    cancel: async () => {
      throw new CarrierFault('bad_request', 'J&T has no interface to cancel an intercept');
    },
    status: async () => {
      throw new CarrierFault('bad_request', 'J&T has no query for the state of an intercept');
    },
    track: async (command, ctx) =>
      readTrack(await ctx.send(trackRequest(command, keys, now())), command.waybillNo, keys),
    verifyPush: (push) => verifyJtexpressPush(push, keys),
    readPush: (push) => readJtexpressPush(push, keys),
    ack: (outcome) => ackJtexpressPush(outcome, keys),
  };
}

export const jtexpress: CarrierPlugin<typeof jtexpressCredentials> = {
  manifest: jtexpressManifest,
  create: (keys) => createJtexpressAdapter(keys, Date.now),
};
