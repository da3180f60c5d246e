import type { Lang, Text } from '../texts/text.js';

/** Names of couriers as people know them; another slug stands for itself. */
const COURIERS: Readonly<Record<string, Text>> = {
  zto: { zh: '中通', en: 'ZTO' },
  yto: { zh: '圆通', en: 'YTO' },
  yunda: { zh: '韵达', en: 'Yunda' },
  sto: { zh: '申通', en: 'STO' },
  sf: { zh: '顺丰', en: 'SF' },
  jd: { zh: '京东', en: 'JD' },
  jtexpress: { zh: '极兔', en: 'J&T' },
  deppon: { zh: '德邦', en: 'Deppon' },
  ems: { zh: '邮政 EMS', en: 'EMS' },
};

export function courierName(slug: string, lang: Lang): string {
  return Object.hasOwn(COURIERS, slug) ? (COURIERS[slug]?.[lang] ?? slug) : slug;
}
