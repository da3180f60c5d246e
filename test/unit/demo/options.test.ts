import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CARRIER_SLUGS } from '../../../sandbox/scenario-couriers.js';
import { PLATFORM_SLUGS } from '../../../sandbox/scenario-platforms.js';
import { readOptions } from '../../../scripts/demo/options.js';

const ALL = { platforms: PLATFORM_SLUGS, carriers: CARRIER_SLUGS };

describe('the options of the demo', () => {
  beforeEach(() => {
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('has defaults for all, because the first run is `npm run demo` alone', () => {
    expect(readOptions([])).toEqual({ run: { exit: false, events: 500, rate: 20, seed: 1, json: false, ...ALL } });
  });

  it('takes what the contract names', () => {
    const words = ['--exit', '--events', '2000', '--rate', '12.5', '--seed', '7', '--json'];
    expect(readOptions(words)).toEqual({ run: { exit: true, events: 2000, rate: 12.5, seed: 7, json: true, ...ALL } });
  });

  it('takes some platforms and couriers, in their usual order', () => {
    const words = ['--platform', 'taobao,douyin', '--carrier', 'ems, zto'];
    expect(readOptions(words)).toMatchObject({ run: { platforms: ['douyin', 'taobao'], carriers: ['zto', 'ems'] } });
  });

  it.each([
    ['--platform', 'douyin,amazon'],
    ['--carrier', ''],
    ['--events', '0'],
    ['--events', 'many'],
    ['--events', '1e3'],
    ['--rate', '0'],
    ['--rate', '1000'],
    ['--seed', '-1'],
    ['--speed', '3'],
    ['twice'],
    ['--events'],
  ])('ends with 2 on %s %s, which is how scripts tell a typing error from a failed demo', (...words) => {
    expect(readOptions(words.filter((word) => word !== undefined))).toEqual({ exitCode: 2 });
  });

  it('ends with 0 on --help, since being asked for help is no error', () => {
    expect(readOptions(['--help'])).toEqual({ exitCode: 0 });
  });
});
