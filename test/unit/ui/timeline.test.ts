import { describe, expect, it } from '@jest/globals';
import type { StoryAnswer } from '../../../src/dashboard/api/schemas/story.js';
import { timelineOf } from '../../../src/dashboard/ui/intercepts/timeline.js';

const AT = '2026-11-22T08:00:00.000Z';
const LATER = '2026-11-22T08:00:01.000Z';

const detail = {
  transitions: [{ version: 2, at: AT }],
  attempts: [{ seq: 1, startedAt: AT }],
  sightings: [{ at: LATER }, { at: LATER }],
  fees: [{ id: 'fee-1', postedAt: AT }],
  said: [{ at: AT }],
  tasks: [{ id: 'task-1', createdAt: AT, closedAt: LATER }],
  refunds: [{ id: '1', operation: 'agree', amountFen: 8_900, steps: [{ version: 1, at: AT }] }],
  messages: [{ id: '1', createdAt: AT }],
} as StoryAnswer;

describe('the timeline', () => {
  it('tells the newest first, and at one moment the cause before what followed from it, read upwards', () => {
    expect(timelineOf(detail).map(({ kind }) => kind)).toEqual([
      'task',
      'sighting',
      'sighting',
      'message',
      'task',
      'refund',
      'fee',
      'transition',
      'attempt',
      'said',
    ]);
  });

  it('gives every entry a key of its own, also two scans of the same second', () => {
    const keys = timelineOf(detail).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
