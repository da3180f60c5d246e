import type { PolicySettings } from '../settings/settings.js';
import type { Language, Text } from '../text.js';
import { WHEREABOUTS_TEXTS } from '../tracking/whereabouts-texts.js';
import type { Budget } from './budget.js';
import type { PolicyConditions } from './conditions.js';
import { readAloud, yuan } from './read-aloud.js';

const list = (words: readonly string[], lang: Language) => words.join(lang === 'zh' ? '、' : ', ');

const isOneOf =
  (zh: string, en: string) =>
  (words: readonly string[]): Text => ({
    zh: `${zh}是 ${list(words, 'zh')}`,
    en: `${en} is ${words.length > 1 ? 'one of ' : ''}${list(words, 'en')}`,
  });

function amount({ min, max }: NonNullable<PolicyConditions['amountFen']>): Text | null {
  const parts = [
    ...(min === undefined ? [] : [{ zh: `不低于 ${yuan(min).zh}`, en: `at least ${yuan(min).en}` }]),
    ...(max === undefined ? [] : [{ zh: `不高于 ${yuan(max).zh}`, en: `at most ${yuan(max).en}` }]),
  ];
  if (parts.length === 0) return null;
  return {
    zh: `退款金额${parts.map((p) => p.zh).join('、')}`,
    en: `the refund is ${parts.map((p) => p.en).join(' and ')}`,
  };
}

type Named = Omit<PolicyConditions, 'expression'>;
type Words = { readonly [K in keyof Named]-?: (want: NonNullable<Named[K]>) => Text | null };

const WHEN: Words = {
  amountFen: amount,
  reason: isOneOf('退款原因', 'the buyer’s reason'),
  category: isOneOf('商品类别', 'the category'),
  sku: (skus) => ({ zh: `商品只有 ${list(skus, 'zh')}`, en: `all goods are among ${list(skus, 'en')}` }),
  carrier: isOneOf('快递', 'the courier'),
  shop: isOneOf('店铺', 'the shop'),
  stage: (stages) => {
    const said = (lang: Language) =>
      list(
        stages.map((stage) => WHEREABOUTS_TEXTS[stage]?.[lang] ?? stage),
        lang,
      );
    return { zh: `包裹${said('zh')}`, en: `the parcel is ${said('en')}` };
  },
  hours: (hours) => ({ zh: `北京时间 ${hours}`, en: `it is ${hours} in China` }),
  valueOverFeeFen: (fen) => ({
    zh: `货值比拦截费至少高 ${yuan(fen).zh}`,
    en: `the parcel is worth at least ${yuan(fen).en} more than the fee`,
  }),
  gainFen: (fen) => ({
    zh: `预期收益（成功率×（货值−拦截费））不低于 ${yuan(fen).zh}`,
    en: `the expected gain (chance × (value − fee)) is at least ${yuan(fen).en}`,
  }),
};

function said(key: keyof Named, when: PolicyConditions): Text | null {
  // Key by key the types agree; the compiler cannot follow that through a lookup.
  const words = WHEN[key] as (want: unknown) => Text | null;
  return when[key] === undefined ? null : words(when[key]);
}

function conditions(when: PolicyConditions): Text[] {
  const named = (Object.keys(WHEN) as (keyof Named)[]).flatMap((key) => said(key, when) ?? []);
  return when.expression === undefined ? named : [...named, readAloud(when.expression, named.length > 0)];
}

function budget(limits: Budget): Text[] {
  const { perHourCount, perHourFen, perDayCount, perDayFen, brake = 'off' } = limits;
  const parts: readonly (readonly [number | null | undefined, (n: number) => Text])[] = [
    [perHourCount, (n) => ({ zh: `每小时最多 ${n} 条`, en: `at most ${n} an hour` })],
    [perHourFen, (n) => ({ zh: `每小时费用最多 ${yuan(n).zh}`, en: `fees of at most ${yuan(n).en} an hour` })],
    [perDayCount, (n) => ({ zh: `每天最多 ${n} 条`, en: `at most ${n} a day` })],
    [perDayFen, (n) => ({ zh: `每天费用最多 ${yuan(n).zh}`, en: `fees of at most ${yuan(n).en} a day` })],
    [
      brake === 'off' ? null : brake,
      (n) => ({
        zh: `一小时达到平常的 ${n} 倍即刹车`,
        en: `it stops and asks when an hour sees ${n} times the usual number`,
      }),
    ],
  ];
  return parts.flatMap(([n, words]) => (typeof n === 'number' ? [words(n)] : []));
}

const REFUND_AT = {
  never: { zh: '不自动同意退款', en: 'no refund is agreed' },
  accepted: { zh: '快递受理后同意退款', en: 'the refund is agreed once the courier has accepted' },
  intercepted: { zh: '拦截成功后同意退款', en: 'the refund is agreed once the parcel is stopped' },
  returned: { zh: '包裹退回后同意退款', en: 'the refund is agreed once the parcel is back' },
  received: { zh: '仓库入库后同意退款', en: 'the refund is agreed once the warehouse has booked the goods' },
} as const satisfies Record<PolicySettings['refund']['at'], Text>;

function opening(policy: PolicySettings): Text {
  if (!policy.auto) return { zh: '每条都由人工决定', en: 'a person decides every one' };
  const when = conditions(policy.when ?? {});
  if (when.length === 0) return { zh: '自动拦截', en: 'intercepts go by themselves' };
  const both = (lang: Language, and: string) => when.map((one) => one[lang]).join(and);
  return {
    zh: `自动拦截，条件是：${both('zh', '，且')}；否则由人工决定`,
    en: `intercepts go by themselves if ${both('en', ', and ')}; else a person decides`,
  };
}

/** Everything a policy says, as one sentence for people. Throws for an expression that `expressionProblem` refuses. */
export function policySentence(policy: PolicySettings): Text {
  const { approvalAboveFen, partialRefund, afterRefundPaid, refund } = policy;
  const parts: Text[] = [
    opening(policy),
    ...(policy.auto && approvalAboveFen !== null
      ? [
          {
            zh: `货值高于 ${yuan(approvalAboveFen).zh}须人工批准`,
            en: `above ${yuan(approvalAboveFen).en} a person approves`,
          },
        ]
      : []),
    ...(policy.auto ? budget(policy.budget) : []),
    partialRefund === 'ask'
      ? { zh: '部分退款由人工决定', en: 'a person decides about partial refunds' }
      : { zh: '部分退款不拦截', en: 'partial refunds are left alone' },
    afterRefundPaid === 'skip'
      ? { zh: '已退款的不拦截', en: 'parcels whose refund is paid are left alone' }
      : { zh: '已退款的也拦截', en: 'parcels whose refund is paid are stopped too' },
    refund.hours !== null && refund.at !== 'never'
      ? { zh: `${REFUND_AT[refund.at].zh}（${refund.hours}）`, en: `${REFUND_AT[refund.at].en} (${refund.hours})` }
      : REFUND_AT[refund.at],
  ];
  return { zh: `${parts.map((p) => p.zh).join('；')}。`, en: `${parts.map((p) => p.en).join('; ')}.` };
}
