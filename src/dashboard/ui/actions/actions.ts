import type { ActionRow } from './action.js';
import { BATCH_ACTIONS } from './batch-actions.js';
import { GOODS_ACTIONS } from './goods-actions.js';
import { LANE_ACTIONS } from './lane-actions.js';
import { MONEY_ACTIONS } from './money-actions.js';
import { POLICY_ACTIONS } from './policy-actions.js';
import { ROOM_ACTIONS } from './room-actions.js';
import { SETUP_ACTIONS } from './setup-actions.js';
import { WORK_ACTIONS } from './work-actions.js';

/** Everything a person can do in the UI. */
export const ACTIONS = {
  ...WORK_ACTIONS,
  ...LANE_ACTIONS,
  ...ROOM_ACTIONS,
  ...BATCH_ACTIONS,
  ...MONEY_ACTIONS,
  ...POLICY_ACTIONS,
  ...SETUP_ACTIONS,
  ...GOODS_ACTIONS,
} as const satisfies Record<string, ActionRow>;

export type ActionName = keyof typeof ACTIONS;
