import { REASONS } from '../../../src/domain/reasons.js';
import { aRefundToApprove } from '../refund-to-approve.js';
import type { Scene } from './scene.js';

/** The overview, intercepts, tasks, lanes. */
export const WORK_SCENES: readonly Scene[] = [
  { page: 'overview', name: 'overview', address: () => '/', ready: { zh: '按快递', en: 'By courier' }, shows: [] },
  {
    page: 'intercepts',
    name: 'intercepts',
    address: () => '/intercepts',
    ready: { zh: '快递代码 E23120', en: 'courier code E23120' },
    shows: [],
  },
  {
    page: 'intercept',
    name: 'intercept',
    address: ({ intercepts }) => `/intercepts/${intercepts.refused}`,
    ready: { zh: '快递代码 E23120', en: 'courier code E23120' },
    shows: ['intercept.retry'],
  },
  {
    page: 'intercept',
    name: 'intercept-held',
    address: ({ intercepts }) => `/intercepts/${intercepts.held}`,
    ready: REASONS.approval,
    shows: ['intercept.withdraw', 'intercept.release', 'intercept.resolve'],
  },
  {
    page: 'intercept',
    name: 'intercept-refund',
    address: async ({ site, intercepts }) => {
      await aRefundToApprove(site.rig.db, intercepts.stopped);
      return `/intercepts/${intercepts.stopped}`;
    },
    ready: REASONS.refund_approval,
    shows: ['intercept.approveRefund', 'intercept.settleRefund'],
  },
  {
    page: 'tasks',
    name: 'tasks',
    address: () => '/tasks',
    ready: { zh: '可直接发送的文字', en: 'Text to send' },
    shows: ['tasks.done'],
  },
  {
    page: 'lanes',
    name: 'lanes',
    address: () => '/lanes',
    ready: { zh: '圆通', en: 'YTO' },
    shows: ['lanes.pause', 'lanes.resume', 'lanes.limits'],
  },
];
