import { CLAIM_TEXTS } from './claim-texts.js';
import { CONFIG_TEXTS } from './config-texts.js';
import { CHOICE_LABELS, FIELD_HINTS, FIELD_LABELS } from './field-texts.js';
import { FRAME_TEXTS } from './frame-texts.js';
import { START_TEXTS } from './hand-texts.js';
import { IMPORT_TEXTS } from './import-texts.js';
import { INTERCEPT_TEXTS } from './intercept-texts.js';
import { KEY_TEXTS } from './key-texts.js';
import { LANE_TEXTS } from './lane-texts.js';
import { BULK_TEXTS, LIST_TEXTS } from './list-texts.js';
import { BILL_TEXTS, FEE_TEXTS, INVOICE_TEXTS } from './money-texts.js';
import { OVERVIEW_TEXTS } from './overview-texts.js';
import { AUDIT_TEXTS, ME_TEXTS, PEOPLE_TEXTS } from './people-texts.js';
import { POLICY_TEXTS, SCORE_TEXTS } from './policy-texts.js';
import { REFUND_TEXTS } from './refund-texts.js';
import { REPLAY_TEXTS } from './replay-texts.js';
import { RETURN_TEXTS } from './return-texts.js';
import { STEP_TEXTS } from './step-texts.js';
import { STORY_TEXTS } from './story-texts.js';
import { TASK_TEXTS } from './task-texts.js';
import type { OneSide, TextTree } from './text.js';
import { FAILED_TEXTS } from './work-texts.js';

/** Every word of the UI. What the server says (reasons, problems) comes from the server in both languages. */
export const TEXTS = {
  frame: FRAME_TEXTS,
  keys: KEY_TEXTS,
  intercept: INTERCEPT_TEXTS,
  list: LIST_TEXTS,
  bulk: BULK_TEXTS,
  step: STEP_TEXTS,
  story: STORY_TEXTS,
  refund: REFUND_TEXTS,
  fee: FEE_TEXTS,
  bill: BILL_TEXTS,
  invoice: INVOICE_TEXTS,
  return: RETURN_TEXTS,
  claim: CLAIM_TEXTS,
  lane: LANE_TEXTS,
  task: TASK_TEXTS,
  failed: FAILED_TEXTS,
  replay: REPLAY_TEXTS,
  start: START_TEXTS,
  import: IMPORT_TEXTS,
  overview: OVERVIEW_TEXTS,
  policy: POLICY_TEXTS,
  score: SCORE_TEXTS,
  config: CONFIG_TEXTS,
  field: FIELD_LABELS,
  fieldHint: FIELD_HINTS,
  fieldChoice: CHOICE_LABELS,
  people: PEOPLE_TEXTS,
  me: ME_TEXTS,
  audit: AUDIT_TEXTS,
} as const satisfies TextTree;

export type Translation = OneSide<typeof TEXTS>;
