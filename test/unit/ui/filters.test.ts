import { describe, expect, it } from '@jest/globals';
import {
  addressOf,
  FILTER_NAMES,
  filtersFrom,
  isPeriod,
  questionOf,
} from '../../../src/dashboard/ui/intercepts/filters.js';

const NOW = new Date('2026-11-22T18:30:00Z');

describe('the filters of a list', () => {
  it('come back from the address they were written into, so that a reload or a sent link shows the same list', () => {
    const filters = Object.fromEntries(FILTER_NAMES.map((name) => [name, `${name} &=?#中`]));
    const address = new URL(addressOf('/intercepts', filters), 'http://x');
    expect(filtersFrom(address.searchParams)).toEqual(filters);
  });

  it('leave nothing in the address that is empty, and read nothing that is not a filter', () => {
    expect(addressOf('/intercepts', { q: '', state: '' })).toBe('/intercepts');
    expect(filtersFrom(new URLSearchParams('q=%20&limit=9&cursor=x&state=held'))).toEqual({ state: 'held' });
  });

  it('begin today when the day begins in China, whatever the zone of the desk', () => {
    expect(questionOf({ period: 'today' }, null, NOW)).toBe(
      new URLSearchParams({ since: '2026-11-22T16:00:00.000Z' }).toString(),
    );
  });

  it('ask the server for nothing it does not know: the period goes as a time, an unknown one not at all', () => {
    const asked = new URLSearchParams(questionOf({ q: 'W1', period: 'week' }, 'next', NOW));
    expect(Object.fromEntries(asked)).toEqual({ q: 'W1', since: '2026-11-15T18:30:00.000Z', cursor: 'next' });
    expect(questionOf({ period: 'toString' }, null, NOW)).toBe('');
    expect(isPeriod('constructor')).toBe(false);
  });

  it('ask for amounts in fen, and leave out what is no amount', () => {
    const asked = new URLSearchParams(questionOf({ minValue: '89.5', maxValue: '1000' }, null, NOW));
    expect(Object.fromEntries(asked)).toEqual({ minValueFen: '8950', maxValueFen: '100000' });
    expect(questionOf({ minValue: 'dear', maxValue: '-1' }, null, NOW)).toBe('');
  });
});
