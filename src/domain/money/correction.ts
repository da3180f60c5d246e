/** Why a fee is not corrected, or a correction not approved (R31). */
export type CorrectionRefusal =
  | 'not_found'
  | 'fee_reversed'
  | 'fee_invoiced'
  | 'same_amount'
  | 'correction_open'
  | 'no_correction_open'
  | 'person_needed'
  | 'second_person_needed';

/** May one person alone change what is due by this much? `limitFen`: the most that he may. */
export function needsSecond(fromFen: number, toFen: number, limitFen: number): boolean {
  return Math.abs(toFen - fromFen) > limitFen;
}
