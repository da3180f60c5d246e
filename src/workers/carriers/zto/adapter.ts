import type { CarrierAdapter, CarrierPlugin } from '../../../domain/carrier/port.js';
import type { ZtoCredentials, ztoCredentials } from './credentials.js';
import { ztoManifest } from './manifest.js';
import { ackZtoPush, readZtoPush, verifyZtoPush } from './push.js';
import { cancelRequest, createRequest, statusRequest, trackRequest } from './requests.js';
import { readCancel, readCreate, readStatus, readTrack } from './responses.js';

/** One ZTO account. `now` (ms) is only for the `x-timestamp` header, where the account sends one. */
function createZtoAdapter(keys: ZtoCredentials, now: () => number): CarrierAdapter {
  return {
    manifest: ztoManifest,
    create: async (command, ctx) => readCreate(await ctx.send(createRequest(command, keys, now()))),
    cancel: async (command, ctx) => readCancel(await ctx.send(cancelRequest(command, keys, now()))),
    status: async (command, ctx) =>
      readStatus(await ctx.send(statusRequest(command, keys, now())), command.waybillNo, keys),
    track: async (command, ctx) =>
      readTrack(await ctx.send(trackRequest(command, keys, now())), command.waybillNo, keys),
    verifyPush: (push) => verifyZtoPush(push, keys),
    readPush: (push) => readZtoPush(push, keys),
    ack: ackZtoPush,
  };
}

export const zto: CarrierPlugin<typeof ztoCredentials> = {
  manifest: ztoManifest,
  create: (keys) => createZtoAdapter(keys, Date.now),
};
