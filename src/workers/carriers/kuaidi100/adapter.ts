import { CarrierFault } from '../../../domain/carrier/fault.js';
import type {
  CallContext,
  CarrierAdapter,
  CarrierPlugin,
  CreateAnswer,
  InterceptCommand,
} from '../../../domain/carrier/port.js';
import { NO_CALLBACK, NOT_SERVED } from './codes.js';
import { companyOf } from './companies.js';
import type { Kuaidi100Credentials, kuaidi100Credentials } from './credentials.js';
import { kuaidi100Manifest } from './manifest.js';
import { ackKuaidi100Push, readKuaidi100Push, verifyKuaidi100Push } from './push.js';
import { createRequest } from './requests.js';
import { readCreate } from './responses.js';

/** Refused at once and for good, without a call: a result could never reach us. */
const UNREACHABLE: CreateAnswer = {
  kind: 'refused',
  refusal: 'courier_bad_data',
  rawCode: NO_CALLBACK,
  rawText:
    '未发送：快递100账号未配置回调地址（callbackUrl、salt），拦截结果只能通过回调返回，请配置后重试。Nothing was sent: this Kuaidi100 account has no callbackUrl and salt, and results come by callback alone; set both, then retry.',
};

/** Also without a call: we do not know by which code Kuaidi100 calls this courier. */
const UNSERVED: CreateAnswer = {
  kind: 'refused',
  refusal: 'courier_bad_data',
  rawCode: NOT_SERVED,
  rawText:
    '未发送：快递100通道不支持该快递公司，请核对账号的 serves 配置。Nothing was sent: this channel does not know the courier of the parcel at Kuaidi100; check `serves` of the account.',
};

async function create(
  command: InterceptCommand,
  ctx: CallContext,
  keys: Kuaidi100Credentials,
  now: () => number,
): Promise<CreateAnswer> {
  const company = companyOf(command.carrier, keys.companyCodes);
  if (company === undefined) return UNSERVED;
  const { callbackUrl, salt } = keys;
  if (callbackUrl === undefined || salt === undefined) return UNREACHABLE;
  return readCreate(await ctx.send(createRequest(command, company, { ...keys, callbackUrl, salt }, now())), keys);
}

/** One Kuaidi100 account. `now` (ms) is the `t` of the signature. */
function createKuaidi100Adapter(keys: Kuaidi100Credentials, now: () => number): CarrierAdapter {
  return {
    manifest: kuaidi100Manifest,
    create: (command, ctx) => create(command, ctx, keys, now),
    cancel: async () => {
      throw new CarrierFault('bad_request', 'Kuaidi100 has no interface to cancel an intercept');
    },
    status: async () => {
      throw new CarrierFault('bad_request', 'Kuaidi100 has no query for the state of an intercept');
    },
    track: async () => {
      throw new CarrierFault('bad_request', 'the tracks of Kuaidi100 are at another host, which is not connected');
    },
    verifyPush: (push) => verifyKuaidi100Push(push, keys),
    readPush: (push) => readKuaidi100Push(push, keys),
    ack: ackKuaidi100Push,
  };
}

export const kuaidi100: CarrierPlugin<typeof kuaidi100Credentials> = {
  manifest: kuaidi100Manifest,
  create: (keys) => createKuaidi100Adapter(keys, Date.now),
};
