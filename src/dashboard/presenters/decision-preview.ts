import type { PreviewedParcel } from '../../domain/store/decision-preview.js';
import type { DecisionPreviewAnswer } from '../api/schemas/decision-preview.js';
import { PROBLEMS } from '../problem.js';
import { shownCarrier } from './intercept.js';
import { reasonText, time } from './words.js';

function refusalOf(code: NonNullable<PreviewedParcel['refusal']>): DecisionPreviewAnswer['refusal'] {
  const { zh, en } = PROBLEMS[code];
  return { code, text: { zh, en } };
}

/** What starting one parcel would come to; nothing has been done. */
export function presentDecisionPreview(parcel: PreviewedParcel): DecisionPreviewAnswer {
  const { intercept, failed, before, refusal, feeFen } = parcel;
  return {
    interceptId: before === null ? null : intercept.id,
    carrier: shownCarrier(intercept),
    waybillNo: intercept.waybillNo,
    before,
    state: intercept.state,
    reason: intercept.reason,
    reasonText: reasonText(intercept.reason),
    rule: intercept.rule,
    failed: failed.map(({ rule, verdict, reason }) => ({ rule, verdict, reason, reasonText: reasonText(reason) })),
    refusal: refusal === null ? null : refusalOf(refusal),
    deadlineAt: time(intercept.deadlineAt),
    feeFen,
  };
}
