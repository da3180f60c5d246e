import { describe, expect, it } from '@jest/globals';
import { REASONS } from '../../../src/domain/reasons.js';
import { type Digest, digestText } from '../../../src/domain/tasks/digest.js';
import { WAITING_KINDS, waitingKindText } from '../../../src/domain/tasks/kind-texts.js';
import { phoneScript } from '../../../src/domain/tasks/phone-script.js';

describe('the text for the branch (R69)', () => {
  it('is there for every reason whose task is a call, and names the waybill as it is', () => {
    for (const [reason, row] of Object.entries(REASONS)) {
      const calls = 'task' in row && row.task === 'phone_branch';
      expect([reason, phoneScript(reason, '$&73') !== null]).toEqual([reason, calls]);
    }
    expect(phoneScript('phone_branch', '$&73')?.zh).toContain('运单 $&73 请不要派送');
    expect(phoneScript('cannot_recall', '73')?.en).toContain('deliver it as usual');
    expect(phoneScript('toString', '73')).toBeNull();
  });
});

describe('kinds of what waits', () => {
  it('have words, and one of a later version stands for itself', () => {
    expect(waitingKindText('decide')).toBe(WAITING_KINDS.decide);
    expect(waitingKindText('constructor')).toEqual({ zh: 'constructor', en: 'constructor' });
  });
});

const DIGEST: Digest = {
  since: new Date('2026-11-22T00:00:00Z'),
  until: new Date('2026-11-22T08:30:00Z'),
  cameIn: { intercepts: 12, byState: { queued: 12 }, tasks: { decide: 2 } },
  done: {
    reached: { intercepted: 5, missed: 1, queued: 9 },
    steps: [
      { actor: 'user:anna@example.com', event: 'withdraw', n: 2 },
      { actor: 'user:anna@example.com', event: 'release', n: 1 },
    ],
    tasks: [{ actor: 'token:erp', n: 4 }],
  },
  open: {
    total: 3,
    overdue: 1,
    byKind: { phone_branch: 1, unknown: 2 },
    dueWithinHour: 7,
    first: [
      {
        id: 'x',
        kind: 'phone_branch',
        interceptId: 'y',
        waybillNo: '73100130000001',
        reason: 'phone_branch',
        dueAt: new Date('2026-11-22T08:45:00Z'),
      },
    ],
  },
};

describe('the shift hand-over in words', () => {
  it('says in both languages what came in, what was done by whom, and what is open, times in China', () => {
    expect(digestText(DIGEST)).toEqual({
      zh: [
        '交接班摘要',
        '2026-11-22 08:00 至 2026-11-22 16:30（北京时间）',
        '新增拦截 12 条',
        '新增待办：人工决定 2',
        '结果：已拦截 5，未拦住 1',
        '人工处理：anna@example.com 操作 3 次，erp 完成待办 4 个',
        '未完成 3 个，其中已超时 1 个：联系网点 1，结果未知 2',
        '一小时内到最晚发送时间、尚未发送 7 条',
        '1. 联系网点 73100130000001 2026-11-22 16:45 前处理：包裹已在派送，接口已不受理。请立即电话联系派件网点拦下。',
      ].join('\n'),
      en: [
        'Shift hand-over',
        '2026-11-22 08:00 to 2026-11-22 16:30 (UTC+8)',
        'Came in: 12 intercepts',
        'Tasks opened: Decide 2',
        'Results: Intercepted 5, Missed 1',
        'Done by people: anna@example.com: 3 steps, erp: 4 tasks done',
        'Open: 3, of which 1 overdue: Phone the branch 1, Truth unknown 2',
        'Not sent and past their deadline within an hour: 7',
        '1. Phone the branch 73100130000001 due 2026-11-22 16:45: The parcel is out for delivery, too late for the API. Phone the delivery branch now and ask them to keep it.',
      ].join('\n'),
    });
  });

  it('says “none” where there was nothing', () => {
    const nothing = { ...DIGEST, done: { reached: {}, steps: [], tasks: [] } };
    expect(digestText(nothing).zh).toContain('人工处理：无');
    expect(digestText(nothing).en).toContain('Results: none');
  });
});
