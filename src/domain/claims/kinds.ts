import type { ReturnState } from '../returns/states.js';
import type { Text } from '../text.js';

interface KindRow extends Text {
  /** The rule that makes the courier pay. */
  readonly rule: 'R33' | 'R52';
  /** What the pack says to the courier. */
  readonly ground: Text;
}

/** Why a courier owes; each is found by the system from what it knows. */
export const CLAIM_KINDS = {
  delivered: {
    rule: 'R52',
    zh: '受理后仍派送签收',
    en: 'delivered after acceptance',
    ground: {
      zh: '快递已受理拦截请求，包裹仍被派送签收。快递受理即承诺拦截，由此造成的货损由快递承担。',
      en: 'The courier took the order to stop the parcel and delivered it all the same. Having taken it, the courier bears the loss.',
    },
  },
  not_returned: {
    rule: 'R33',
    zh: '拦截成功后未退回',
    en: 'stopped, not returned',
    ground: {
      zh: '快递确认拦截成功，但超过约定期限货物仍未退回寄件人。',
      en: 'The courier confirmed the stop, and the goods have not come back to the sender within the agreed time.',
    },
  },
  lost: {
    rule: 'R33',
    zh: '遗失',
    en: 'lost',
    ground: { zh: '包裹在退回途中遗失。', en: 'The parcel was lost on its way back.' },
  },
  short: {
    rule: 'R33',
    zh: '退回少件',
    en: 'came back short',
    ground: { zh: '退回的货物少于寄出的货物。', en: 'Fewer goods came back than were sent.' },
  },
  other: {
    rule: 'R33',
    zh: '退回货不符',
    en: 'other goods came back',
    ground: { zh: '退回的货物与寄出的不符。', en: 'What came back is not what was sent.' },
  },
  damaged: {
    rule: 'R33',
    zh: '退回破损',
    en: 'came back damaged',
    ground: { zh: '货物在退回途中损坏。', en: 'The goods were damaged on their way back.' },
  },
} as const satisfies Record<string, KindRow>;

export type ClaimKind = keyof typeof CLAIM_KINDS;
export const ALL_CLAIM_KINDS = Object.keys(CLAIM_KINDS) as ClaimKind[];

/** The claim that a booked difference gives rise to; null: there is no difference, so what was drafted for one goes. */
export function kindOfReturn(state: ReturnState): ClaimKind | null {
  return state === 'short' || state === 'other' || state === 'damaged' ? state : null;
}
