import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { InterceptCommand, TrackAnswer } from '../../../domain/carrier/port.js';
import type { Sighting } from '../../../domain/tracking/sighting.js';
import type { SfCredentials } from './credentials.js';
import { normaliseSfWaybill } from './responses.js';
import { RETURNED_UNDER_NEW_NUMBER, returnWaybillIn } from './scans.js';

/** Looks at one waybill; `phoneTail` null: the account needs none. Throws CarrierFault. */
export type Look = (waybillNo: string, phoneTail: string | null) => Promise<TrackAnswer>;

function tailOf(phone: string | null | undefined): string | null {
  return /\d{4}$/.exec(phone?.replace(/\D/g, '') ?? '')?.[0] ?? null;
}

/** The number of the way back, if a scan tells one that is not the parcel's own. */
function returnNumber(sightings: readonly Sighting[], waybillNo: string): string | null {
  const told = sightings
    .filter(({ rawCode }) => rawCode === RETURNED_UNDER_NEW_NUMBER)
    .map(({ text }) => returnWaybillIn(text))
    .find((number) => number !== null && number !== normaliseSfWaybill(waybillNo));
  return told ?? null;
}

/**
 * Where a parcel is, its way back included where the account follows it. SF shows tracks only to who knows a phone of the
 * parcel: without one nothing is sent, for the empty answer would pass for "no trace" (R67). Throws CarrierFault.
 */
export async function trackSf(command: InterceptCommand, keys: SfCredentials, look: Look): Promise<TrackAnswer> {
  const phoneTail = command.phoneTail ?? keys.senderPhoneTail ?? null;
  if (phoneTail === null && !keys.monthlyCardBound) {
    throw new CarrierFault('bad_request', 'SF shows no track without the last four digits of a phone of the parcel');
  }
  const first = await look(command.waybillNo, phoneTail);
  const next = first.kind === 'found' && keys.followReturn ? returnNumber(first.sightings, command.waybillNo) : null;
  if (first.kind !== 'found' || next === null) return first;
  const wayBack = await lookOnward(look, next, tailOf(command.returnAddress?.phone) ?? phoneTail);
  return { kind: 'found', sightings: [...first.sightings, ...wayBack] };
}

/** A failed look at the way back takes nothing from what the first one has shown. */
async function lookOnward(look: Look, waybillNo: string, phoneTail: string | null): Promise<readonly Sighting[]> {
  try {
    const answer = await look(waybillNo, phoneTail);
    return answer.kind === 'found' ? answer.sightings : [];
  } catch (error) {
    if (error instanceof CarrierFault) return [];
    throw error;
  }
}
