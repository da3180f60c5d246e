/** Bodies as the platform sends them, written by hand after its documents: the strings are the wire, not our objects. */

export const KEYS = { appKey: '7012345678901234567', appSecret: '0f1e2d3c-aaaa-bbbb-cccc-1234567890ab' };
export const CREDENTIALS = { ...KEYS, accessToken: 'token-of-the-shop' };

export const URL_CHECK = '[{"tag":"0","msg_id":"0","data":"2020-09-10T16:27:56.52842897+08:00"}]';

/** Vector 2 of the reference. */
export const CREATED =
  '[{"tag":"200","msg_id":"7012345678901234567:200:1630022518:7000893114000949000","data":"{\\"aftersale_id\\":7000893114000949000,\\"aftersale_status\\":6,\\"aftersale_type\\":1,\\"apply_time\\":1630022518,\\"p_id\\":4835804142146757000,\\"reason_code\\":1,\\"refund_amount\\":8900,\\"refund_post_amount\\":0,\\"refund_voucher_num\\":0,\\"s_id\\":4835804142146757000,\\"shop_id\\":10437917,\\"update_time\\":\\"2021-08-27T08:01:58+08:00\\"}"}]';

/** The older form of the doc samples: numeric tag, msgId, data as an object. */
export const CREATED_OLD_FORM =
  '[{"tag":200,"msgId":"04288XXXXXXX9348874::200:1618990587:68373744XXXXXXX9128","data":{"aftersale_id":"7000893114000949517","aftersale_status":6,"aftersale_type":1,"apply_time":1630022518,"p_id":4835804142146757001,"refund_amount":8900,"refund_post_amount":600}}]';

/** One message with `data` as text. `fields` is raw JSON text between the braces, so that numbers stay as written. */
export function message(tag: string, fields: string, id = `m-${tag}`): string {
  return `{"tag":"${tag}","msg_id":"${id}","data":${JSON.stringify(`{${fields}}`)}}`;
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
