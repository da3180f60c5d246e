import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierAdapter, CarrierPlugin } from '../../../domain/carrier/port.js';
import type { YtoCredentials, ytoCredentials } from './credentials.js';
import { ytoManifest } from './manifest.js';
import { ackYtoPush, readYtoPush, verifyYtoPush } from './push.js';
import { cancelRequest, createRequest, trackRequest } from './requests.js';
import { readCancel, readCreate, readTrack } from './responses.js';

/** One YTO account. `now` (ms) is only for the `timestamp` of the envelope, which is not signed. */
function createYtoAdapter(keys: YtoCredentials, now: () => number): CarrierAdapter {
  return {
    manifest: ytoManifest,
    create: async (command, ctx) => readCreate(await ctx.send(createRequest(command, keys, now())), keys),
    cancel: async (command, ctx) => readCancel(await ctx.send(cancelRequest(command, keys, now())), keys),
    status: async () => {
      throw new CarrierFault('bad_request', 'YTO has no query for the state of an intercept');
    },
    track: async (command, ctx) =>
      readTrack(await ctx.send(trackRequest(command, keys, now())), command.waybillNo, keys),
    verifyPush: (push) => verifyYtoPush(push, keys),
    readPush: readYtoPush,
    ack: ackYtoPush,
  };
}

export const yto: CarrierPlugin<typeof ytoCredentials> = {
  manifest: ytoManifest,
  create: (keys) => createYtoAdapter(keys, Date.now),
};
