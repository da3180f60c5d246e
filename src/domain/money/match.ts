import type { Text } from '../text.js';

/** What asked × done × charged come to, line by line (R35). */
export const MATCH = {
  agrees: { zh: '一致', en: 'agrees' },
  charged_though_failed: { zh: '未拦下却收费', en: 'charged though failed' },
  charged_twice: { zh: '重复收费', en: 'charged twice' },
  wrong_amount: { zh: '金额不符', en: 'wrong amount' },
  not_yet_charged: { zh: '尚未收费', en: 'not yet charged' },
  unknown_to_us: { zh: '非我方拦截', en: 'unknown to us' },
  given_back: { zh: '收费已退回', en: 'charged and given back' },
} as const satisfies Record<string, Text>;

export type MatchClass = keyof typeof MATCH;
export const MATCH_CLASSES = Object.keys(MATCH) as MatchClass[];

/** What is to be disputed with whoever charged it. */
export const DISPUTED = ['charged_though_failed', 'charged_twice', 'wrong_amount', 'unknown_to_us'] as const;

/** What each class means for whoever reads the dispute. */
export const DISPUTE_WHY = {
  charged_though_failed: {
    zh: '我方请求过拦截，但未拦截成功，按约定不收费',
    en: 'the stop was asked for and did not succeed; a failed stop costs nothing',
  },
  charged_twice: { zh: '同一拦截已收过费', en: 'this stop has been charged before' },
  wrong_amount: { zh: '金额与约定价格不符', en: 'the amount is not the agreed price' },
  unknown_to_us: { zh: '我方没有请求过此运单的拦截', en: 'we never asked for this parcel to be stopped' },
} as const satisfies Record<(typeof DISPUTED)[number], Text>;

export interface Charge {
  readonly key: string;
  /** Negative: given back. */
  readonly amountFen: number;
}

export interface DueFee {
  readonly entryId: string;
  readonly amountFen: number;
}

/** One parcel over all bills: what we asked for, what stands in our ledger, and what was charged, oldest first. */
export interface ParcelCharges {
  /** Did an order of ours leave, or was the stop asked for elsewhere (R71)? */
  readonly asked: boolean;
  readonly fees: readonly DueFee[];
  readonly charges: readonly Charge[];
}

export interface MatchedCharge {
  readonly key: string;
  readonly class: Exclude<MatchClass, 'not_yet_charged'>;
  readonly entryId: string | null;
  /** What was due for it, fen. */
  readonly dueFen: number;
}

export interface Matched {
  readonly charges: readonly MatchedCharge[];
  /** Fees that nobody charged yet. */
  readonly notYetCharged: readonly DueFee[];
}

/** Takes out of `list` the first item that fits; undefined: none does. */
function take<T>(list: T[], fits: (item: T) => boolean): T | undefined {
  const at = list.findIndex(fits);
  return at < 0 ? undefined : list.splice(at, 1)[0];
}

/**
 * Matches one parcel. Money given back cancels the last charge of its amount; what is left is laid against the fees that
 * stand, equal amounts first, so that of two charges the right one agrees and the other is the mistake. Pure.
 */
export function matchParcel({ asked, fees, charges }: ParcelCharges): Matched {
  const open = charges.filter(({ amountFen }) => amountFen > 0);
  const result = new Map<string, MatchedCharge>();
  const say = (key: string, name: MatchedCharge['class'], fee?: DueFee) =>
    result.set(key, { key, class: name, entryId: fee?.entryId ?? null, dueFen: fee?.amountFen ?? 0 });

  for (const back of charges.filter(({ amountFen }) => amountFen < 0)) {
    const charged = open.findLast(({ amountFen }) => amountFen === -back.amountFen);
    if (charged) {
      open.splice(open.indexOf(charged), 1);
      say(charged.key, 'given_back');
    }
    say(back.key, 'given_back');
  }
  const due = [...fees];
  const left = open.filter((charge) => {
    const fee = take(due, ({ amountFen }) => amountFen === charge.amountFen);
    if (fee) say(charge.key, 'agrees', fee);
    return !fee;
  });
  for (const charge of left) {
    const fee = due.shift();
    if (fee) say(charge.key, 'wrong_amount', fee);
    else if (fees.length > 0) say(charge.key, 'charged_twice');
    else say(charge.key, asked ? 'charged_though_failed' : 'unknown_to_us');
  }
  return { charges: charges.flatMap(({ key }) => result.get(key) ?? []), notYetCharged: due };
}
