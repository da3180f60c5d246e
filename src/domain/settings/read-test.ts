import type { FaultKind } from '../carrier/fault.js';

/** Why a read could not be made at all. */
export const NOT_MADE = {
  no_such_read: { zh: '它没有查询接口，无法测试', en: 'it has no read call to test with' },
  keys_unreadable: {
    zh: '保存的密钥不符合要求或无法解密，请重新填写',
    en: 'its stored keys do not fit or cannot be opened; enter them again',
  },
  no_slot: {
    zh: '查询额度已用完，或 Redis 暂不可用，请稍后再试',
    en: 'no slot of the read budget came in time, or Redis is away; try again later',
  },
} as const;

/**
 * What a test of an account or a shop found out. `empty`: the keys work, and nothing is known by that number. A fault is
 * the courier's or the platform's; its text names what is wrong and holds no secret.
 */
export type ReadTest = { readonly tookMs: number } & (
  | { readonly outcome: 'found'; readonly found: Readonly<Record<string, string | number | null>> }
  | { readonly outcome: 'empty' }
  | { readonly outcome: 'failed'; readonly fault: FaultKind; readonly rawCode: string | null; readonly why: string }
  | { readonly outcome: 'not_made'; readonly because: keyof typeof NOT_MADE }
);
