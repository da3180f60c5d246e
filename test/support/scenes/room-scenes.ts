import { REASONS } from '../../../src/domain/reasons.js';
import type { Scene } from './scene.js';

/** Steps on many intercepts, asking the courier, many tasks at once, the shift hand-over. */
export const ROOM_SCENES: readonly Scene[] = [
  {
    page: 'intercepts',
    name: 'intercepts-bulk',
    address: () => '/intercepts?state=queued',
    ready: { zh: '导出 CSV', en: 'Export CSV' },
    open: async (page) => {
      const matching = page.getByText(/^(全部符合筛选的|All that match the filters)$/);
      if ((await matching.count()) === 0) return;
      await matching.click();
      await page.getByRole('button', { name: /^(撤销…|Withdraw…)$/ }).click();
      await page.getByRole('dialog').getByRole('table').waitFor();
    },
    shows: ['intercepts.export', 'intercepts.bulk'],
  },
  {
    page: 'intercept',
    name: 'intercept-stopped',
    address: ({ intercepts }) => `/intercepts/${intercepts.stopped}`,
    ready: REASONS.courier_stopped,
    shows: ['intercept.ask'],
  },
  {
    page: 'tasks',
    name: 'tasks-hand-over',
    address: () => '/tasks',
    ready: { zh: '交接班摘要…', en: 'Shift hand-over…' },
    open: async (page) => {
      await page.getByRole('button', { name: /^(交接班摘要…|Shift hand-over…)$/ }).click();
      await page.getByRole('dialog').getByRole('textbox').waitFor();
    },
    shows: ['tasks.doneMany', 'tasks.digest'],
  },
];
