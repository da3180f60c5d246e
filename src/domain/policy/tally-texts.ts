import type { Text } from '../text.js';
import type { Tally } from './backtest.js';

/** The figures of a backtest, in the order in which they are read. */
export const TALLY_TEXTS = {
  sent: { zh: '自动发送', en: 'sent by itself' },
  asked: { zh: '交给人工', en: 'asked of a person' },
  outOfBudget: { zh: '预算不足等待', en: 'out of budget' },
  passedBy: { zh: '策略放过', en: 'left alone by the policy' },
  notOpen: { zh: '规则已定（与策略无关）', en: 'decided by the rules' },
  savedFen: { zh: '追回货值', en: 'saved' },
  lostFen: { zh: '损失货值', en: 'lost' },
  askedFen: { zh: '等人决定的货值', en: 'waits for a person' },
  feesFen: { zh: '拦截费', en: 'fees' },
  gainFen: { zh: '净追回（减拦截费）', en: 'saved less fees' },
  estimated: { zh: '其中按成功率估算', en: 'of those sent, estimated' },
} as const satisfies Record<keyof Tally, Text>;

export const isMoney = (figure: string) => figure.endsWith('Fen');
