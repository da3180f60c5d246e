import { CarrierFault } from '../../../../domain/carrier/fault.js';
import type { CallContext, CreateAnswer, InterceptCommand } from '../../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../../domain/platform/port.js';
import type { TaobaoCredentials } from '../credentials.js';
import { fetchRefund } from '../detail.js';
import { refundFacts } from '../record.js';
import { gatewayRequest } from '../top.js';
import { createAnswer, type Outcome, readIntercept } from './answers.js';

const METHOD = 'taobao.rp.refund.intercept';

const CHANGED: CreateAnswer = {
  kind: 'refused',
  refusal: 'courier_not_allowed',
  rawCode: 'after_sale_changed',
  rawText: '未发送：平台上的退款已不是待处理的仅退款。Nothing was sent: the refund is no longer one to intercept for.',
};

/** The after-sale the call is for: the oldest that wants the parcel back. */
function wantedOf(command: InterceptCommand): { readonly refundId: string; readonly version: string | null } {
  const wanted = command.asKnownThere?.wantedBy[0];
  if (!wanted || !/^\d{1,20}$/.test(wanted.afterSaleId)) {
    throw new CarrierFault('bad_request', 'no after-sale of the platform is named');
  }
  return { refundId: wanted.afterSaleId, version: wanted.version };
}

/** The version of the refund now; null: it is none to intercept for any more. Nothing is sent while this is not known. */
async function versionNow(
  keys: TaobaoCredentials,
  refundId: string,
  ctx: CallContext,
  nowMs: number,
): Promise<string | null> {
  try {
    const refund = await fetchRefund(keys, refundId, ctx, nowMs);
    const { version, status } = refundFacts(refund, undefined).facts;
    if (version === undefined) throw new UnreadableEvent('refund_version is missing');
    const isOver = status === 'closed' || status === 'refused' || status === 'unknown' || status === undefined;
    return isOver || refund.dispute_type !== 'REFUND' ? null : version;
  } catch (error) {
    if (error instanceof UnreadableEvent) throw new CarrierFault('contract_broken', error.message);
    throw error;
  }
}

/**
 * Asks by after-sale and version. A version that the platform calls stale (by a code the account was told of: none is
 * documented) changed nothing there, so the refund is read and asked for once more, if it is still one and has moved.
 */
export async function interceptByRefund(
  keys: TaobaoCredentials,
  command: InterceptCommand,
  ctx: CallContext,
  nowMs: number,
): Promise<CreateAnswer> {
  const { refundId, version } = wantedOf(command);
  const ask = async (refundVersion: string): Promise<Outcome> => {
    const params = { refund_id: refundId, refund_version: refundVersion };
    return readIntercept(
      await ctx.send(gatewayRequest(keys, { method: METHOD, params }, 'write', nowMs)),
      METHOD,
      keys,
    );
  };
  const known = version ?? (await versionNow(keys, refundId, ctx, nowMs));
  if (known === null) return CHANGED;
  const outcome = await ask(known);
  if (!('no' in outcome) || outcome.no !== 'stale_version') return createAnswer(outcome);
  const fresh = await versionNow(keys, refundId, ctx, nowMs);
  if (fresh === null) return CHANGED;
  return createAnswer(fresh === known ? outcome : await ask(fresh));
}
