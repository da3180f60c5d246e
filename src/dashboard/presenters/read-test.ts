import { NOT_MADE, type ReadTest } from '../../domain/settings/read-test.js';
import type { ReadTestAnswer } from '../api/schemas/read-test.js';
import { maskPhones } from './words.js';

/** What a test found, with the phones that couriers write into their texts masked (S19). */
export function presentReadTest(test: ReadTest): ReadTestAnswer {
  const nothing = { outcome: test.outcome, tookMs: test.tookMs, fault: null, rawCode: null, text: null, found: {} };
  switch (test.outcome) {
    case 'found': {
      const found = Object.entries(test.found).map(([key, value]) => [
        key,
        typeof value === 'string' ? maskPhones(value) : value,
      ]);
      return { ...nothing, found: Object.fromEntries(found) };
    }
    case 'empty':
      return nothing;
    case 'failed': {
      const why = maskPhones(test.why);
      return { ...nothing, fault: test.fault, rawCode: test.rawCode, text: { zh: why, en: why } };
    }
    case 'not_made':
      return { ...nothing, text: NOT_MADE[test.because] };
  }
}
