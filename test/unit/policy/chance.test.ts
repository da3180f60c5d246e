import { describe, expect, it } from '@jest/globals';
import { Chances, LEAST_ASKED, PRIOR_CHANCE } from '../../../src/domain/scorecard/chance.js';
import { learnChances } from '../../../src/domain/scorecard/learn.js';

const row = (over: object) => ({ carrier: 'zto', hour: 10, station: '杭州中转', asked: 0, stopped: 0, ...over });

describe('how likely a stop is', () => {
  it('is a stated prior until enough orders have ended', () => {
    const chances = new Chances(learnChances([row({ asked: LEAST_ASKED - 1, stopped: 1 })]));
    expect(chances.of('zto', 10, '杭州中转')).toEqual({ share: PRIOR_CHANCE, from: 'prior', asked: 0 });
  });

  it('comes from the narrowest group that says enough: place, hour, courier', () => {
    const chances = new Chances(
      learnChances([
        row({ asked: 30, stopped: 27 }),
        row({ station: '嘉兴', asked: 20, stopped: 5 }),
        row({ hour: 22, station: null, asked: 50, stopped: 10 }),
        row({ carrier: 'yto', asked: 100, stopped: 1 }),
      ]),
    );
    expect(chances.of('zto', 10, '杭州中转')).toEqual({ share: 0.9, from: 'station', asked: 30 });
    expect(chances.of('zto', 10, '嘉兴')).toEqual({ share: 32 / 50, from: 'hour', asked: 50 });
    expect(chances.of('zto', 3, null)).toEqual({ share: 42 / 100, from: 'carrier', asked: 100 });
    expect(chances.of('sf', 10, '杭州中转').from).toBe('prior');
  });
});
