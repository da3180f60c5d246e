import type { Text } from '../text.js';
import type { Whereabouts } from './whereabouts.js';

/** Stages of a parcel's trip as people say them: "the parcel is …". */
export const WHEREABOUTS_TEXTS: Readonly<Record<string, Text>> = {
  unseen: { zh: '尚未揽收', en: 'not picked up' },
  moving: { zh: '运输中', en: 'on the road' },
  at_branch: { zh: '已到派件网点', en: 'at the delivery branch' },
  out_for_delivery: { zh: '派送中', en: 'out for delivery' },
  delivered: { zh: '已签收', en: 'delivered' },
  returning: { zh: '退回途中', en: 'on its way back' },
  returned: { zh: '已退回', en: 'back' },
  lost: { zh: '丢失', en: 'lost' },
  unclear: { zh: '轨迹不明', en: 'of unclear whereabouts' },
} satisfies Record<Whereabouts, Text>;
