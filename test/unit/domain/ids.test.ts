import { describe, expect, it } from '@jest/globals';
import { chinaDay, chinaDayStart } from '../../../src/domain/china-time.js';
import { laneIdOf, newId, requestIdOf, sha256, unmappedCarrier } from '../../../src/domain/ids.js';
import { enrichQueueName, jobIdOf, laneQueueName } from '../../../src/domain/queue-names.js';

describe('an id of ours', () => {
  it('is 26 characters that sort by the time of their making', () => {
    const ids = Array.from({ length: 1_000 }, newId);
    expect(new Set(ids).size).toBe(1_000);
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^[0-9a-z]{26}$/);
  });
});

describe('the key of an order at the courier', () => {
  it('is kept by every resend of a round and changed by the next (I10)', () => {
    expect(requestIdOf('01kaq', 1)).toBe('01kaq-1');
    expect(requestIdOf('01kaq', 1)).toBe(requestIdOf('01kaq', 1));
    expect(requestIdOf('01kaq', 2)).not.toBe(requestIdOf('01kaq', 1));
  });
});

describe('a courier that is not mapped', () => {
  it('is one courier for one raw word, and another for another (R66)', () => {
    expect(unmappedCarrier(' 某某快运 ')).toBe(unmappedCarrier('某某快运'));
    expect(unmappedCarrier('某某快运')).not.toBe(unmappedCarrier('某某物流'));
  });

  it('fits the ascii column, whatever the word', () => {
    expect(unmappedCarrier('某某快运'.repeat(100))).toMatch(/^unmapped-[0-9a-f]{12}$/);
  });
});

describe('a hash', () => {
  it('is SHA-256 in hex', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256(new TextEncoder().encode('abc'))).toBe(sha256('abc'));
  });
});

describe('the names in Redis', () => {
  it('are those of the design: a lane has one queue for orders and one for reads', () => {
    const lane = laneIdOf('zto', 'zto-main');
    expect(laneQueueName('intercept', lane)).toBe('intercept-zto-zto-main');
    expect(laneQueueName('probe', lane)).toBe('probe-zto-zto-main');
    expect(enrichQueueName('dy-main')).toBe('enrich-dy-main');
  });

  it('of jobs are other ones with every hand-over: a kept id would swallow the next add in silence', () => {
    expect(jobIdOf('ic', '01kaq', 1)).toBe('ic-01kaq-1');
    expect(jobIdOf('ic', '01kaq', 2)).not.toBe(jobIdOf('ic', '01kaq', 1));
  });

  it('hold no colon and not only digits, which BullMQ refuses', () => {
    for (const id of [jobIdOf('as', '123', 4), laneQueueName('probe', 'a-b')]) expect(id).toMatch(/^[a-z][^:]*$/);
  });
});

describe('the day in China', () => {
  it.each([
    ['2026-11-21T15:59:59.999Z', '2026-11-21'],
    ['2026-11-21T16:00:00.000Z', '2026-11-22'],
    ['2026-11-22T00:00:00.000Z', '2026-11-22'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('of %s is %s: eight hours ahead, the whole year', (at, day) => {
    expect(chinaDay(new Date(at))).toBe(day);
    expect(chinaDayStart(new Date(at)).toISOString()).toBe(new Date(`${day}T00:00:00+08:00`).toISOString());
  });
});
