import { formatChinaTime } from '../../domain/china-time.js';
import { CLAIM_KINDS } from '../../domain/claims/kinds.js';
import { STATE_TEXTS } from '../../domain/intercept/state-texts.js';
import type { ClaimEvidence } from '../../domain/store/claim-evidence-reader.js';
import type { Language, Text } from '../../domain/text.js';
import { yuanCell } from '../presenters/csv.js';
import { maskPhones } from '../presenters/words.js';

/** A part of the pack: facts by name, or a table; either may be empty, which is said. */
export interface EvidenceSection {
  readonly title: string;
  readonly facts?: readonly (readonly [name: string, value: string])[];
  readonly text?: string;
  readonly table?: { readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

const WORDS = {
  rule: { zh: '一、索赔依据', en: '1. Ground of the claim' },
  request: { zh: '二、拦截请求', en: '2. The request' },
  acceptance: { zh: '三、快递受理', en: '3. The courier’s acceptance' },
  scans: { zh: '四、物流轨迹', en: '4. Scans' },
  receipt: { zh: '五、退货入库', en: '5. What came back' },
  value: { zh: '六、货物价值', en: '6. Value of the goods' },
  ruleNo: { zh: '规则', en: 'Rule' },
  kind: { zh: '事由', en: 'For' },
  waybill: { zh: '运单号', en: 'Waybill' },
  courier: { zh: '快递', en: 'Courier' },
  requestId: { zh: '请求编号', en: 'Request number' },
  account: { zh: '快递账号', en: 'Account at the courier' },
  sent: { zh: '发送时间', en: 'Sent at' },
  accepted: { zh: '受理时间', en: 'Accepted at' },
  carrierRef: { zh: '快递方编号', en: 'The courier’s number' },
  answer: { zh: '快递答复', en: 'The courier’s answer' },
  stopped: { zh: '拦截成功时间', en: 'Stopped at' },
  due: { zh: '应退回时间', en: 'Due back at' },
  at: { zh: '时间（北京时间）', en: 'Time (UTC+8)' },
  event: { zh: '状态', en: 'State' },
  text: { zh: '轨迹', en: 'Scan' },
  code: { zh: '代码', en: 'Code' },
  receiptId: { zh: '入库单号', en: 'Receipt' },
  sku: { zh: '商品', en: 'SKU' },
  sentPieces: { zh: '寄出', en: 'sent' },
  booked: { zh: '入库', en: 'booked' },
  condition: { zh: '品相', en: 'condition' },
  value_: { zh: '货值（元）', en: 'Value (CNY)' },
  claimed: { zh: '索赔金额（元）', en: 'Claimed (CNY)' },
  none: { zh: '无', en: 'none' },
  unknown: { zh: '未知', en: 'not known' },
} as const satisfies Record<string, Text>;

const CAP: Text = {
  zh: '快递受理拦截后货物遗失、损坏或仍被派送的，由快递按货物实际价值赔付，最高 1000.00 元。',
  en: 'For goods lost, damaged or delivered all the same after the courier took the order, it pays their real value, at most 1000.00 CNY.',
};

/** The pack of one claim in one language: numbers and times, nobody's phone or address. Pure. */
export function evidenceSections(evidence: ClaimEvidence, lang: Language): EvidenceSection[] {
  const { claim, order, history, goods } = evidence;
  const w = (name: keyof typeof WORDS) => WORDS[name][lang];
  const kind = CLAIM_KINDS[claim.kind];
  const or = (text: string | null) => text ?? w('unknown');
  const at = (moment: Date | null) => (moment === null ? w('unknown') : formatChinaTime(moment));
  const money = (fen: number | null) => (fen === null ? w('unknown') : yuanCell(fen));
  const sends = history.attempts.filter((attempt) => attempt.kind === 'send');
  const taken = sends.findLast(({ outcome }) => outcome === 'accepted' || outcome === 'duplicate');
  return [
    {
      title: w('rule'),
      facts: [
        [w('ruleNo'), kind.rule],
        [w('kind'), kind[lang]],
        [w('waybill'), claim.waybillNo],
        [w('courier'), claim.carrier],
      ],
      text: `${kind.ground[lang]}\n${CAP[lang]}`,
    },
    {
      title: w('request'),
      facts: [
        [w('requestId'), order.requestId],
        [w('account'), or(order.accountId)],
        ...sends.map(({ startedAt }) => [w('sent'), at(startedAt)] as const),
      ],
    },
    {
      title: w('acceptance'),
      facts: [
        [w('accepted'), at(order.acceptedAt)],
        [w('carrierRef'), or(order.carrierRef)],
        [w('answer'), maskPhones([taken?.rawCode, taken?.rawText].filter(Boolean).join(' ')) || w('unknown')],
        [w('stopped'), at(evidence.stoppedAt)],
        [w('due'), at(evidence.dueAt)],
      ],
      table: {
        heads: [w('at'), w('event')],
        rows: history.transitions.map((step) => [at(step.at), STATE_TEXTS[step.to][lang]]),
      },
    },
    {
      title: w('scans'),
      table: {
        heads: [w('at'), w('code'), w('text')],
        rows: history.sightings.map((scan) => [
          at(scan.at),
          scan.rawCode,
          maskPhones([scan.place, scan.text || scan.phase].filter(Boolean).join(' ')),
        ]),
      },
    },
    {
      title: w('receipt'),
      table: {
        heads: [w('sku'), w('sentPieces'), w('booked')],
        rows: goods.lines.map(({ sku, quantity }) => {
          const booked = goods.uses.filter((use) => use.sku === sku).reduce((sum, use) => sum + use.quantity, 0);
          return [sku, String(quantity), String(booked)];
        }),
      },
    },
    {
      title: w('receiptId'),
      table: {
        heads: [w('receiptId'), w('at'), w('sku'), w('booked'), w('condition')],
        rows: goods.receipts.flatMap((receipt) =>
          receipt.lines.map((line) => [
            receipt.receiptId,
            at(receipt.bookedAt),
            line.sku,
            String(line.quantity),
            line.condition ?? '',
          ]),
        ),
      },
    },
    {
      title: w('value'),
      facts: [
        [w('value_'), money(claim.valueFen)],
        [w('claimed'), money(claim.amountFen)],
      ],
    },
  ];
}

export const NOTHING: Text = WORDS.none;
