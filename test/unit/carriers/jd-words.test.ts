import { describe, expect, it } from '@jest/globals';
import { whereaboutsOf } from '../../../src/domain/tracking/whereabouts.js';
import { JOS_CODES, LOP_CODES, meaningOf } from '../../../src/workers/carriers/jd/codes.js';
import { CATEGORIES, josPhase, lopPhase, STATES } from '../../../src/workers/carriers/jd/scans.js';

describe("JD's codes", () => {
  it('are all in the tables, each with its consequence, and no other is', () => {
    const meanings = Object.entries({ ...LOP_CODES, ...JOS_CODES }).map(([code, row]) => [code, row.means]);
    expect(meanings).toEqual([
      ['resultType 0', 'courier_order_cancelled'],
      ['resultType 2', 'courier_unknown_code'],
      ['resultType 3', 'courier_unknown_code'],
      ['stateCode 108', 'duplicate'],
    ]);
  });
  it('may be explained by the account where JD gives no reason, and never turned into something else', () => {
    const taught = {
      'resultType 0': 'throttled',
      'resultType 3': 'courier_too_late',
      'stateCode 108': 'courier_not_allowed',
      已派送: 'courier_too_late',
    } as const;
    expect(meaningOf(LOP_CODES, taught, 'resultType 0', '已派送')).toBe('courier_order_cancelled');
    expect(meaningOf(LOP_CODES, taught, 'resultType 3', '')).toBe('courier_too_late');
    expect(meaningOf(LOP_CODES, taught, 'resultType 2', '运单已派送')).toBe('courier_too_late');
    expect(meaningOf(LOP_CODES, taught, 'resultType 2', '')).toBe('courier_unknown_code');
    expect(meaningOf(JOS_CODES, taught, 'stateCode 108', '')).toBe('duplicate');
    expect(meaningOf(LOP_CODES, taught, '1001', '')).toBeUndefined();
    expect(meaningOf(LOP_CODES, {}, 'constructor', '')).toBeUndefined();
  });
});

describe("JD's words of a scan", () => {
  it('are all known', () => {
    expect(Object.keys(CATEGORIES)).toEqual('100 390 403 420 430 440 480 500 510 530 690 700'.split(' '));
    expect(Object.keys(STATES).sort()).toEqual(
      '10010 10032 10033 10034 10035 10054 11000 200001 200003 200010 200017 200020 200023 200033 200052 200054 200060 200075 200076'.split(
        ' ',
      ),
    );
  });
  it('of which 480 says that it was stopped and 690 that it never left (R53)', () => {
    const telling = Object.entries(CATEGORIES).filter(([, { kind }]) => kind !== 'unclear');
    expect(telling.map(([number, { kind }]) => [number, kind])).toEqual([
      ['480', 'stopped'],
      ['690', 'never_left'],
    ]);
  });
  it('are believed together: what blocks over what lets pass, the end over all', () => {
    expect(lopPhase('200017', '430', {})).toBe('moving');
    expect(lopPhase('10033', '430', {})).toBe('at_branch');
    expect(lopPhase('200001', '', {})).toBe('picked_up');
    expect(lopPhase('', '430', {})).toBe('moving');
    // An event nobody documented, in a status that is: the status holds.
    expect(lopPhase('299999', '430', {})).toBe('moving');
    expect(lopPhase('299999', '440', {})).toBe('out_for_delivery');
    // A new label says too little, whatever the status; 480 says enough.
    expect(lopPhase('200020', '430', {})).toBe('unknown');
    expect(lopPhase('200020', '480', {})).toBe('returning');
    expect(lopPhase('200017', '480', {})).toBe('returning');
    expect(lopPhase('200017', '500', {})).toBe('unknown');
    expect(lopPhase('10034', '430', {})).toBe('delivered');
    for (const odd of ['', '299999', 'constructor']) expect(lopPhase(odd, odd, {})).toBe('unknown');
  });
  it('are taught where they say too little, and nowhere else', () => {
    const taught = {
      '200020': 'returning',
      '299999': 'moving',
      '430': 'returned',
      站点退货: 'returning',
      妥投: 'moving',
    } as const;
    expect(lopPhase('200020', '430', taught)).toBe('returning');
    expect(lopPhase('299999', '', taught)).toBe('moving');
    expect(lopPhase('', '430', taught)).toBe('moving');
    expect(josPhase('站点退货', taught)).toBe('returning');
    expect(josPhase('妥投', taught)).toBe('delivered');
  });
  it('at JOS are titles, read to the letter only', () => {
    expect(
      ['分拣发货', '派件', '已拦截', '换单打印', '货物已分拣发货', '', 'toString'].map((t) => josPhase(t, {})),
    ).toEqual(['moving', 'out_for_delivery', 'returning', 'unknown', 'unknown', 'unknown', 'unknown']);
  });
  it('say of a parcel that came back that it is back, though the last word is the same as for a delivery', () => {
    const words = [
      ['200001', '420'],
      ['10054', '430'],
      ['200020', '480'],
      ['10034', '510'],
    ] as const;
    const way = words.map(([state, category], i) => ({ at: new Date(i * 1000), phase: lopPhase(state, category, {}) }));
    expect(whereaboutsOf(way)).toBe('returned');
    expect(whereaboutsOf(way.filter((_, i) => i !== 2))).toBe('delivered');
  });
});
