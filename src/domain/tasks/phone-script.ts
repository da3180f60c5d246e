import type { Text } from '../text.js';

/** What is asked of the branch: to keep the parcel (R69), or to deliver after all (R80). */
const WISHES = {
  stop: {
    zh: '您好，运单 {} 请不要派送，帮忙拦下并原址退回寄件人。收到请回复，谢谢！',
    en: 'Hello, please do not deliver waybill {}: keep it and return it to the sender’s address. Please confirm. Thank you!',
  },
  deliver: {
    zh: '您好，运单 {} 之前申请的拦截请取消，麻烦恢复正常派送。收到请回复，谢谢！',
    en: 'Hello, please cancel the stop that was asked for waybill {} and deliver it as usual. Please confirm. Thank you!',
  },
} as const satisfies Record<string, Text>;

/** Reasons that end with a call to the branch. */
const CALLS = {
  phone_branch: 'stop',
  courier_too_late: 'stop',
  cannot_recall: 'deliver',
} as const satisfies Record<string, keyof typeof WISHES>;

function isCall(reason: string): reason is keyof typeof CALLS {
  return Object.hasOwn(CALLS, reason);
}

/** The ready text for the branch: the waybill and the wish, no phone and no address (R69, R78); null: nobody is called. */
export function phoneScript(reason: string, waybillNo: string): Text | null {
  if (!isCall(reason)) return null;
  const { zh, en } = WISHES[CALLS[reason]];
  // A function, because `$` in a waybill means something to `replace`.
  return { zh: zh.replace('{}', () => waybillNo), en: en.replace('{}', () => waybillNo) };
}
