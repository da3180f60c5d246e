import { randomUUID } from 'node:crypto';
import { CarrierFault } from '../../../domain/carrier/fault.js';
import type {
  CallContext,
  CancelAnswer,
  CarrierAdapter,
  CarrierPlugin,
  CarrierRequest,
  CarrierResponse,
} from '../../../domain/carrier/port.js';
import { NO_CUS_ID } from './codes.js';
import type { SfCredentials, sfCredentials } from './credentials.js';
import { sfManifest } from './manifest.js';
import { ackSfPush, readSfPush, verifySfPush } from './push.js';
import { cancelRequest, createRequest, type Sending, trackRequest } from './requests.js';
import { readCancel, readCreate, readTrack } from './responses.js';
import { wholeAddress } from './return-address.js';
import { TokenKeeper } from './token.js';
import { trackSf } from './track.js';

/** An order that SF took without a number cannot be named when it is taken back: nothing is sent, a person decides (R80). */
const NO_NUMBER: CancelAnswer = {
  kind: 'not_allowed',
  rawCode: NO_CUS_ID,
  rawText:
    '未发送：顺丰受理时未返回 cusId，无法撤销，请联系顺丰。Nothing was sent: SF gave no cusId for this order, so it cannot be cancelled here; call SF.',
};

/** What an adapter takes from outside: the time (ms), and ids that never repeat. */
interface Surroundings {
  readonly now: () => number;
  readonly newId: () => string;
}

/** One SF account. With `auth: 'token'` it keeps that token in memory, and nothing else. */
export function createSfAdapter(keys: SfCredentials, { now, newId }: Surroundings): CarrierAdapter {
  const tokens = new TokenKeeper(keys, now);

  /** One call, made anew for each send: number, time and proof are never older than the send. */
  function ask<T>(
    ctx: CallContext,
    idOf: () => string,
    make: (sending: Sending) => CarrierRequest,
    read: (response: CarrierResponse) => T,
  ): Promise<T> {
    const send = async (token: string | null): Promise<T> =>
      read(await ctx.send(make({ requestId: idOf(), nowMs: now(), token })));
    return keys.auth === 'token' ? tokens.use(ctx, send) : send(null);
  }

  return {
    manifest: sfManifest,
    create: async (command, ctx) => {
      const to = wholeAddress(command.returnAddress);
      if ('kind' in to) return to;
      return ask(
        ctx,
        keys.newRequestIdPerSend ? newId : () => command.requestId,
        (sending) => createRequest(command, to, keys, sending),
        (response) => readCreate(response, keys),
      );
    },
    cancel: async (command, ctx) => {
      if (command.carrierRef === null && keys.cancelNeedsCusId) return NO_NUMBER;
      return ask(
        ctx,
        newId,
        (sending) => cancelRequest(command, keys, sending),
        (response) => readCancel(response, keys),
      );
    },
    status: async () => {
      throw new CarrierFault('bad_request', 'SF has no query for the state of an intercept');
    },
    track: (command, ctx) =>
      trackSf(command, keys, (waybillNo, phoneTail) =>
        ask(
          ctx,
          newId,
          (sending) => trackRequest(waybillNo, phoneTail, keys, sending),
          (response) => readTrack(response, waybillNo, keys),
        ),
      ),
    verifyPush: (push) => verifySfPush(push, keys),
    readPush: (push) => readSfPush(push, keys),
    ack: ackSfPush,
  };
}

export const sf: CarrierPlugin<typeof sfCredentials> = {
  manifest: sfManifest,
  create: (keys) => createSfAdapter(keys, { now: Date.now, newId: randomUUID }),
};
