import type { Scene } from './scene.js';
import { WORK_SCENES } from './work-scenes.js';

/** Every page at least once, and every action's control on one of them (test/unit/ui/actions.test.ts sees to it). */
export const SCENES: readonly Scene[] = [...WORK_SCENES];
