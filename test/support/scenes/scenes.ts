import { BATCH_SCENES } from './batch-scenes.js';
import { GOODS_SCENES } from './goods-scenes.js';
import { LANE_SCENES } from './lane-scenes.js';
import { MONEY_SCENES } from './money-scenes.js';
import { POLICY_SCENES } from './policy-scenes.js';
import { ROOM_SCENES } from './room-scenes.js';
import type { Scene } from './scene.js';
import { SETUP_SCENES } from './setup-scenes.js';
import { WORK_SCENES } from './work-scenes.js';

/** Every page at least once, and every action's control on one of them (test/unit/ui/actions.test.ts sees to it). */
export const SCENES: readonly Scene[] = [
  ...WORK_SCENES,
  ...LANE_SCENES,
  ...ROOM_SCENES,
  ...BATCH_SCENES,
  ...MONEY_SCENES,
  ...POLICY_SCENES,
  ...SETUP_SCENES,
  ...GOODS_SCENES,
];
