import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierAdapter, CarrierPlugin } from '../../../domain/carrier/port.js';
import type { __Slug__Credentials, __slug__Credentials } from './credentials.js';
import { __slug__Manifest } from './manifest.js';
import { ack__Slug__Push, read__Slug__Push, verify__Slug__Push } from './push.js';
import { createRequest, trackRequest } from './requests.js';
import { readCreate, readTrack } from './responses.js';

/** One __slug__ account. */
function create__Slug__Adapter(keys: __Slug__Credentials): CarrierAdapter {
  return {
    manifest: __slug__Manifest,
    create: async (command, ctx) => readCreate(await ctx.send(createRequest(command, keys)), keys),
    cancel: async () => {
      throw new CarrierFault('bad_request', '__slug__ has no interface to cancel an intercept');
    },
    status: async () => {
      throw new CarrierFault('bad_request', '__slug__ has no query for the state of an intercept');
    },
    track: async (command, ctx) => readTrack(await ctx.send(trackRequest(command, keys)), keys),
    verifyPush: (push) => verify__Slug__Push(push, keys),
    readPush: read__Slug__Push,
    ack: ack__Slug__Push,
  };
}

export const __slug__: CarrierPlugin<typeof __slug__Credentials> = {
  manifest: __slug__Manifest,
  create: create__Slug__Adapter,
};
