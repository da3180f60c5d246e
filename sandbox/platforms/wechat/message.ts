import type { Random } from '../../frame/random.js';
import { Digits, type WireValue, writeWireJson } from '../../frame/wire-json.js';
import type { Made, Occasion } from '../../refunds/door.js';
import type { WechatOptions, WechatSwitches } from './options.js';
import { encrypted, signature } from './sign.js';
import { statusWord } from './words.js';

/** Sixteen bytes and a nonce from the seed, so that a day can be played again. */
export interface Chance {
  readonly random: Random;
}

function id(text: string, ids: 'text' | 'number'): WireValue {
  return ids === 'number' && /^(0|[1-9]\d*)$/.test(text) ? new Digits(text) : text;
}

/** One message about a refund as it is now, as it is before it is encrypted. */
function plainText({ refund, event }: Occasion, ids: 'text' | 'number'): string {
  const common = {
    ToUserName: 'gh_0123456789ab',
    FromUserName: 'OPENID',
    CreateTime: Math.floor(refund.updatedAtMs / 1000),
    MsgType: 'event',
  };
  if (event === 'arbitrated') {
    const complaint = {
      complaint_id: id(`9${refund.refundId}`, ids),
      after_sale_order_id: id(refund.refundId, ids),
      status: 1,
    };
    return writeWireJson({ ...common, Event: 'channels_ec_complaint_update', finder_shop_complaint: complaint });
  }
  return writeWireJson({
    ...common,
    Event: 'channels_ec_aftersale_update',
    finder_shop_aftersale_status_update: {
      status: statusWord(refund),
      after_sale_order_id: id(refund.refundId, ids),
      order_id: id(refund.orderId, ids),
    },
  });
}

/** The message encrypted, with the query that signs it. */
export function message(
  occasion: Occasion,
  options: WechatOptions,
  switches: WechatSwitches,
  { random }: Chance,
): Made {
  const { refund, event, at, spec } = occasion;
  const bytes = Buffer.from(Array.from({ length: 16 }, () => random.int(0, 255)));
  const encrypt = encrypted(
    plainText(occasion, switches.values.ids),
    options['app-id'],
    options['encoding-aes-key'],
    bytes,
  );
  const [timestamp, nonce] = [String(Math.floor(at / 1000)), String(random.int(100_000_000, 999_999_999))];
  const token = spec.sign === 'right' ? options.token : `${options.token}!`;
  return {
    eventId: `${refund.refundId}/${event}/${refund.updatedAtMs}`,
    body: writeWireJson({ ToUserName: 'gh_0123456789ab', Encrypt: encrypt }),
    headers: { 'content-type': 'application/json' },
    query: {
      signature: signature(token, timestamp, nonce),
      timestamp,
      nonce,
      openid: 'OPENID',
      encrypt_type: 'aes',
      msg_signature: signature(token, timestamp, nonce, encrypt),
    },
  };
}
