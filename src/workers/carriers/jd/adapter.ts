import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierAdapter, CarrierPlugin } from '../../../domain/carrier/port.js';
import type { JdCredentials, jdCredentials } from './credentials.js';
import { josCreateRequest, josTrackRequest } from './jos-requests.js';
import { readJosCreate, readJosTrack } from './jos-responses.js';
import { lopCreateRequest, lopStatusRequest, lopTrackRequest } from './lop-requests.js';
import { readLopCreate, readLopStatus, readLopTrack } from './lop-responses.js';
import { jdJosManifest, jdManifest } from './manifest.js';
import { NO_PUSH } from './push.js';

const cancel: CarrierAdapter['cancel'] = async () => {
  throw new CarrierFault('bad_request', 'JD has no interface to cancel an intercept');
};

/** One JD account at open.jdl.com. `now` (ms) is for the signed timestamp. */
function createLopAdapter(keys: JdCredentials, now: () => number): CarrierAdapter {
  return {
    manifest: jdManifest,
    create: async (command, ctx) =>
      readLopCreate(await ctx.send(lopCreateRequest(command, keys, now())), command.waybillNo, keys),
    cancel,
    status: async (command, ctx) =>
      readLopStatus(await ctx.send(lopStatusRequest(command, keys, now())), command.waybillNo, keys),
    track: async (command, ctx) =>
      readLopTrack(await ctx.send(lopTrackRequest(command, keys, now())), command.waybillNo, keys),
    ...NO_PUSH,
  };
}

/** One JD account at the older platform; what it can do is less, and its manifest says so. */
function createJosAdapter(keys: JdCredentials, now: () => number): CarrierAdapter {
  return {
    manifest: jdJosManifest,
    create: async (command, ctx) => readJosCreate(await ctx.send(josCreateRequest(command, keys, now())), keys),
    cancel,
    status: async () => {
      throw new CarrierFault('bad_request', 'JOS has no query for the state of an intercept');
    },
    track: async (command, ctx) =>
      readJosTrack(await ctx.send(josTrackRequest(command, keys, now())), command.waybillNo, keys),
    ...NO_PUSH,
  };
}

const MAKERS = { lop: createLopAdapter, jos: createJosAdapter } as const satisfies Record<
  JdCredentials['gateway'],
  (keys: JdCredentials, now: () => number) => CarrierAdapter
>;

export const jd: CarrierPlugin<typeof jdCredentials> = {
  manifest: jdManifest,
  create: (keys) => MAKERS[keys.gateway](keys, Date.now),
};
