import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierAdapter, CarrierPlugin } from '../../../domain/carrier/port.js';
import type { StoCredentials, stoCredentials } from './credentials.js';
import { stoManifest } from './manifest.js';
import { ackStoPush, readStoPush, verifyStoPush } from './push.js';
import { cancelRequest, createRequest, trackRequest } from './requests.js';
import { readCancel, readCreate, readTrack } from './responses.js';

/** One STO account. */
function createStoAdapter(keys: StoCredentials): CarrierAdapter {
  return {
    manifest: stoManifest,
    create: async (command, ctx) => readCreate(await ctx.send(createRequest(command, keys)), keys),
    cancel: async (command, ctx) => readCancel(await ctx.send(cancelRequest(command, keys)), keys),
    status: async () => {
      throw new CarrierFault('bad_request', 'STO has no query for the state of an intercept');
    },
    track: async (command, ctx) => readTrack(await ctx.send(trackRequest(command, keys)), command.waybillNo, keys),
    verifyPush: (push) => verifyStoPush(push, keys),
    readPush: readStoPush,
    ack: ackStoPush,
  };
}

export const sto: CarrierPlugin<typeof stoCredentials> = {
  manifest: stoManifest,
  create: createStoAdapter,
};
