import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import {
  refusedCancel,
  refusedCreate,
  taughtMeaning,
  taughtMeanings,
  verdictOf,
} from '../../../src/domain/carrier/meanings.js';

const raw = { rawCode: 'X', rawText: 'x' };

describe('what an account may teach of a courier without a list of codes', () => {
  const taught = taughtMeanings.parse({
    E1: 'courier_too_late',
    '10': 'throttled',
    已派件: 'courier_too_late',
    已派件签收: 'courier_already_delivered',
  });
  it('is a code to the letter, or words anywhere in the text; the longest words win', () => {
    expect(taughtMeaning(taught, 'E1', '')).toBe('courier_too_late');
    expect(taughtMeaning(taught, 'e1', '')).toBeUndefined();
    expect(taughtMeaning(taught, '', '该件已派件，不能拦截')).toBe('courier_too_late');
    expect(taughtMeaning(taught, '', '该件已派件签收')).toBe('courier_already_delivered');
    expect(taughtMeaning(taught, '', '')).toBeUndefined();
  });
  it('does not look for codes in texts, where any number may turn up', () => {
    expect(taughtMeaning(taught, '', '单号 10E1 不存在')).toBeUndefined();
  });
  it('knows no word that only every object has', () => {
    expect(taughtMeaning(taught, 'constructor', 'toString')).toBeUndefined();
  });
  it('is nothing by default, and may not be a yes, a guess or a single character', () => {
    expect(taughtMeanings.parse(undefined)).toEqual({});
    for (const odd of [{ E1: 'accepted' }, { E1: 'courier_unknown_code' }, { 派: 'courier_too_late' }, { E1: '' }]) {
      expect(taughtMeanings.safeParse(odd).success).toBe(false);
    }
  });
});

describe('what a failure comes to', () => {
  const faultKind = (means: Parameters<typeof verdictOf>[0], effect: 'read' | 'write'): unknown => {
    try {
      return verdictOf(means, effect, 'm', { rawCode: 'X' });
    } catch (error) {
      if (error instanceof CarrierFault) return `fault ${error.kind}`;
      throw error;
    }
  };
  it('is a fault where it says nothing of the parcel; an open outcome of a read is only "no answer"', () => {
    expect(faultKind('outcome_unknown', 'write')).toBe('fault outcome_unknown');
    expect(faultKind('outcome_unknown', 'read')).toBe('fault unavailable');
    for (const means of ['throttled', 'unavailable', 'credentials', 'bad_request'] as const) {
      expect(faultKind(means, 'write')).toBe(`fault ${means}`);
    }
    expect(faultKind(undefined, 'write')).toBeNull();
    expect(faultKind('courier_lost', 'write')).toBe('courier_lost');
  });
  it('is never a yes to an order, and a no that nobody can explain where it answers another question', () => {
    expect(refusedCreate('duplicate', raw)).toEqual({ kind: 'duplicate', ...raw });
    expect(refusedCreate('not_yet', raw)).toEqual({ kind: 'not_yet', ...raw });
    expect(refusedCreate('already_returning', raw)).toEqual({ kind: 'already_returning', ...raw });
    expect(refusedCreate('courier_lost', raw)).toEqual({ kind: 'refused', refusal: 'courier_lost', ...raw });
    for (const odd of [null, 'cancel_too_late', 'cancel_not_allowed'] as const) {
      expect(refusedCreate(odd, raw)).toEqual({ kind: 'refused', refusal: 'courier_unknown_code', ...raw });
    }
  });
  it('is too late to cancel for every sign that the parcel is past it, else not allowed', () => {
    const kinds = (
      [
        'cancel_too_late',
        'courier_too_late',
        'courier_already_delivered',
        'cancel_not_allowed',
        'duplicate',
        null,
      ] as const
    ).map((verdict) => refusedCancel(verdict, raw).kind);
    expect(kinds).toEqual(['too_late', 'too_late', 'too_late', 'not_allowed', 'not_allowed', 'not_allowed']);
  });
});
