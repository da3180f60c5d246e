import type { Text } from '../text.js';
import type { InterceptState } from './machine.js';

/** States as people read them, on pages and in files. */
export const STATE_TEXTS = {
  held: { zh: '暂缓', en: 'Held' },
  queued: { zh: '等待发送', en: 'Queued' },
  submitting: { zh: '发送中', en: 'Sending' },
  uncertain: { zh: '结果未知', en: 'Uncertain' },
  accepted: { zh: '快递已受理', en: 'Accepted' },
  intercepted: { zh: '已拦截', en: 'Intercepted' },
  needs_review: { zh: '待人工', en: 'Needs a person' },
  missed: { zh: '未拦住', en: 'Missed' },
  returned: { zh: '已退回', en: 'Returned' },
  refused: { zh: '快递拒绝', en: 'Refused' },
  withdrawn: { zh: '已撤销', en: 'Withdrawn' },
  expired: { zh: '已过期', en: 'Expired' },
  skipped: { zh: '不拦截', en: 'Skipped' },
} as const satisfies Record<InterceptState, Text>;
