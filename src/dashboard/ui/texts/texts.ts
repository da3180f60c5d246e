import { FRAME_TEXTS } from './frame-texts.js';
import { INTERCEPT_TEXTS } from './intercept-texts.js';
import { OVERVIEW_TEXTS, START_TEXTS } from './start-texts.js';
import { STEP_TEXTS } from './step-texts.js';
import type { OneSide, TextTree } from './text.js';
import { FAILED_TEXTS, LANE_TEXTS, REPLAY_TEXTS, TASK_TEXTS } from './work-texts.js';

/** Every word of the UI. What the server says (reasons, problems) comes from the server in both languages. */
export const TEXTS = {
  frame: FRAME_TEXTS,
  intercept: INTERCEPT_TEXTS,
  step: STEP_TEXTS,
  lane: LANE_TEXTS,
  task: TASK_TEXTS,
  failed: FAILED_TEXTS,
  replay: REPLAY_TEXTS,
  start: START_TEXTS,
  overview: OVERVIEW_TEXTS,
} as const satisfies TextTree;

export type Translation = OneSide<typeof TEXTS>;
