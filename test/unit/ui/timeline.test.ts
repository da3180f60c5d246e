import { describe, expect, it } from '@jest/globals';
import type { InterceptDetailAnswer } from '../../../src/dashboard/api/schemas/intercept.js';
import { timelineOf } from '../../../src/dashboard/ui/intercepts/timeline.js';

const AT = '2026-11-22T08:00:00.000Z';
const LATER = '2026-11-22T08:00:01.000Z';

const detail = {
  transitions: [{ version: 2, at: AT }],
  attempts: [{ seq: 1, startedAt: AT }],
  sightings: [{ at: LATER }, { at: LATER }],
  fees: [{ id: 'fee-1', postedAt: AT }],
} as InterceptDetailAnswer;

describe('the timeline', () => {
  it('tells the newest first, and at one moment the call before the step and the step before its fee, read upwards', () => {
    expect(timelineOf(detail).map(({ kind }) => kind)).toEqual([
      'sighting',
      'sighting',
      'fee',
      'transition',
      'attempt',
    ]);
  });

  it('gives every entry a key of its own, also two scans of the same second', () => {
    const keys = timelineOf(detail).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
