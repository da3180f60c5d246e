import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchParcel, type ParcelCharges } from '../../../src/domain/money/match.js';

const charges = (...amounts: number[]) => amounts.map((amountFen, at) => ({ key: `c${at + 1}`, amountFen }));
const fees = (...amounts: number[]) => amounts.map((amountFen, at) => ({ entryId: `f${at + 1}`, amountFen }));
const classes = (parcel: ParcelCharges) => {
  const { charges: found, notYetCharged } = matchParcel(parcel);
  return [
    ...found.map((one) => `${one.class}${one.entryId ? ` ${one.entryId}` : ''}`),
    ...notYetCharged.map(() => 'not_yet_charged'),
  ];
};

describe('asked × done × charged (R35)', () => {
  it.each<[string, ParcelCharges, string[]]>([
    ['asked, stopped and charged as agreed', { asked: true, fees: fees(300), charges: charges(300) }, ['agrees f1']],
    ['asked, not stopped, charged', { asked: true, fees: [], charges: charges(300) }, ['charged_though_failed']],
    ['charged twice', { asked: true, fees: fees(300), charges: charges(300, 300) }, ['agrees f1', 'charged_twice']],
    ['another amount', { asked: true, fees: fees(300), charges: charges(350) }, ['wrong_amount f1']],
    ['less than agreed', { asked: true, fees: fees(300), charges: charges(250) }, ['wrong_amount f1']],
    ['stopped, nobody charged it', { asked: true, fees: fees(300), charges: [] }, ['not_yet_charged']],
    ['never asked for', { asked: false, fees: [], charges: charges(300) }, ['unknown_to_us']],
    [
      'the right charge after a wrong one',
      { asked: true, fees: fees(300), charges: charges(350, 300) },
      ['charged_twice', 'agrees f1'],
    ],
    [
      'a charge that was given back',
      { asked: true, fees: [], charges: charges(300, -300) },
      ['given_back', 'given_back'],
    ],
    [
      'a second charge that was given back',
      { asked: true, fees: fees(300), charges: charges(300, 300, -300) },
      ['agrees f1', 'given_back', 'given_back'],
    ],
    [
      'two rounds of one parcel',
      { asked: true, fees: fees(300, 400), charges: charges(400, 300) },
      ['agrees f2', 'agrees f1'],
    ],
  ])('%s', (_, parcel, found) => {
    expect(classes(parcel)).toEqual(found);
  });

  const amount = fc.constantFrom(300, 350, 400);
  const signed = fc.tuple(amount, fc.constantFrom(1, 1, 1, -1)).map(([fen, sign]) => fen * sign);

  it('says one thing of every line, uses every fee once, and loses no fen, for any charges', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(amount, { maxLength: 3 }),
        fc.array(signed, { maxLength: 6 }),
        (asked, due, sums) => {
          const parcel = { asked, fees: fees(...due), charges: charges(...sums) };
          const { charges: found, notYetCharged } = matchParcel(parcel);
          expect(found.map(({ key }) => key)).toEqual(parcel.charges.map(({ key }) => key));
          const used = [
            ...found.flatMap(({ entryId }) => entryId ?? []),
            ...notYetCharged.map(({ entryId }) => entryId),
          ];
          expect(used.sort()).toEqual(parcel.fees.map(({ entryId }) => entryId).sort());
          const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
          expect(sum(found.map(({ dueFen }) => dueFen)) + sum(notYetCharged.map(({ amountFen }) => amountFen))).toBe(
            sum(due),
          );
        },
      ),
    );
  });
});
