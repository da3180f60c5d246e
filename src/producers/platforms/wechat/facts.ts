import type { CarrierFact } from '../../../domain/carrier/port.js';

const DOC = 'developers.weixin.qq.com/doc';
const PUSH = `${DOC}/channels/dev_before/base/message_push, ${DOC}/subscription/guide/dev/push/encryption`;
const ORDER = `${DOC}/channels/api/locallife/purchasing/api_getorder, ${DOC}/store/API/order/get`;
const AFTER_SALE = `${DOC}/store/API/aftersale/getaftersaleorder`;
const LIST = `${DOC}/store/shop/API/aftersale/getaftersalelist`;
const WXJAVA = 'binarywang/WxJava';
const NONE = 'searched for and not found';

/** What is known of WeChat Store's interfaces, and what is not. */
export const WECHAT_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Address check',
    value: 'GET with signature, timestamp, nonce, echostr; sha1 of token, timestamp and nonce; echostr is the answer',
    confidence: 'documented',
    source: PUSH,
  },
  {
    fact: 'Delivery',
    value: 'POST `{ToUserName, Encrypt}`; msg_signature = sha1 of token, timestamp, nonce and Encrypt, sorted',
    confidence: 'documented',
    source: PUSH,
  },
  {
    fact: 'Encryption',
    value: 'AES-256-CBC, IV = first 16 bytes of the key, padded to 32; random, length, JSON, appid, which must be ours',
    confidence: 'documented',
    source: PUSH,
  },
  {
    fact: 'Acknowledgement',
    value: '`success` (or nothing) within 5 s; three sends in all',
    confidence: 'documented',
    source: `${PUSH}; that the general rule of 5 s and three sends holds for a store is inferred`,
  },
  {
    fact: 'Repeats',
    value: 'known by after-sale, status and CreateTime: there is no message id',
    confidence: 'documented',
    source: `${PUSH} names FromUserName and CreateTime, which are too coarse`,
  },
  {
    fact: 'Message',
    value: 'channels_ec_aftersale_update with status, after_sale_order_id, order_id; ids as text or number; no amount',
    confidence: 'documented',
    source: `${DOC}/store/shop/notify/aftersale_callback/channels_ec_aftersale_update`,
  },
  {
    fact: 'Disputes',
    value: 'channels_ec_complaint_update: its statuses are not known, so it is a reason to read and no more',
    confidence: 'second-hand',
    source: WXJAVA,
  },
  {
    fact: 'Statuses',
    value: 'names in spelling of the platform; four whose meaning is not documented are unknown',
    confidence: 'second-hand',
    source: WXJAVA,
  },
  {
    fact: 'Calls',
    value: 'POST JSON to /channels/ec/…?access_token=; the token is in the address: whoever logs it leaves it out',
    confidence: 'documented',
    source: `${AFTER_SALE}; ${ORDER}`,
  },
  {
    fact: 'Refusals',
    value: '`errcode` of the global table: tokens, limits, -1 busy; anything else breaks the contract',
    confidence: 'second-hand',
    source: 'public copies of the global table 全局返回码, which agree',
  },
  {
    fact: 'Answer to an after-sale that is not ours',
    value: 'unknown: its code breaks the contract',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Detail',
    value: 'getaftersaleorder: `type`, `refund_info.amount` in fen, `product_info`; `return_info` travels back',
    confidence: 'documented',
    source: `${AFTER_SALE}; ${WXJAVA}`,
  },
  {
    fact: "The platform's clock",
    value: '`deadline`: seconds left (WxJava), of some steps only; a value that is an instant is taken as one',
    confidence: 'second-hand',
    source: WXJAVA,
  },
  {
    fact: 'The 72 h of 快递拦截 in the console',
    value: 'a seller who starts it there owes the result within 72 h; silence counts as success and refunds; no API',
    confidence: 'second-hand',
    source: 'copy of the platform guide at ul35.cn/shangjia/959.html',
  },
  {
    fact: 'What the buyer paid',
    value: 'order/get: `price_info.order_price` (freight included, by the example), `product_infos[].real_price`, fen',
    confidence: 'documented',
    source: ORDER,
  },
  {
    fact: 'Platform coupons',
    value: 'whether `order_price` and `real_price` are without them is not said',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Parcels',
    value: 'order/get: `delivery_info.delivery_product_info[]` with the goods in each; none: not shipped',
    confidence: 'second-hand',
    source: WXJAVA,
  },
  {
    fact: 'Poll',
    value: 'getaftersalelist by update time, at most 24 h; ids only, so each is read for its version',
    confidence: 'documented',
    source: LIST,
  },
  {
    fact: 'Couriers',
    value: 'delivery_id of the official list',
    confidence: 'documented',
    source: `${DOC}/store/API/order/deliverycompanylist_get`,
  },
  { fact: 'Limits of these interfaces', value: 'unknown', confidence: 'not documented', source: NONE },
  { fact: 'Intercept interface', value: 'there is none', confidence: 'not documented', source: NONE },
];
