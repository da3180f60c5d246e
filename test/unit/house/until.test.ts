import { describe, expect, it } from '@jest/globals';
import { until } from '../../support/until.js';

describe('until', () => {
  it('returns what the condition gives as soon as it gives something', async () => {
    let calls = 0;
    const value = await until(() => (calls++ < 3 ? undefined : 'there'), { what: 'the value' });
    expect([value, calls]).toEqual(['there', 4]);
  });

  it('counts an error as not yet, since what is asked may not be up', async () => {
    let calls = 0;
    const answer = () => {
      if (calls++ === 0) throw new Error('refused');
      return true;
    };
    await expect(until(answer, { what: 'an answer' })).resolves.toBe(true);
  });

  it('names what did not come and why, or a slow test would be a riddle', async () => {
    const never = until(() => Promise.reject(new Error('refused')), { timeoutMs: 50, what: 'the server' });
    await expect(never).rejects.toMatchObject({
      message: 'waited 50 ms for: the server',
      cause: expect.objectContaining({ message: 'refused' }),
    });
  });
});
