import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { TrackAnswer } from '../../../domain/carrier/port.js';
import { parseChinaTime } from '../../../domain/china-time.js';
import type { Sighting } from '../../../domain/tracking/sighting.js';
import { asFields, asText, type Fields } from '../json-fields.js';

/** JD's waybills as they are compared (R66). */
export function normaliseJdWaybill(raw: string): string {
  return raw.trim().toUpperCase();
}

/** Is an answer about another waybill than the one asked for? One that names none is not. */
export function isOther(named: unknown, waybillNo: string): boolean {
  const text = asText(named);
  return text !== '' && normaliseJdWaybill(text) !== normaliseJdWaybill(waybillNo);
}

/** The form of a scan's time is not documented: `yyyy-MM-dd HH:mm:ss` in China, as JD's calls have it, or with slashes. */
function readTime(value: unknown): Date | null {
  return parseChinaTime(asText(value).trim().replaceAll('/', '-'));
}

/** What one of the two platforms writes into a scan. */
type ReadWords = (fields: Fields) => Pick<Sighting, 'phase' | 'rawCode' | 'text'>;

function readScan(item: unknown, timeField: string, waybillNo: string, words: ReadWords): Sighting {
  const fields = asFields(item);
  const at = readTime(fields?.[timeField]);
  if (!fields || !at) throw new CarrierFault('contract_broken', 'a scan without a readable time');
  if (isOther(fields.waybillCode, waybillNo)) {
    throw new CarrierFault('contract_broken', 'the answer is about another waybill');
  }
  return { at, place: null, source: 'poll', ...words(fields) };
}

/** A list of scans; an empty one says that JD looked and there is none (R67). Throws CarrierFault('contract_broken'). */
export function readScans(list: unknown, timeField: string, waybillNo: string, words: ReadWords): TrackAnswer {
  if (!Array.isArray(list)) throw new CarrierFault('contract_broken', 'the track is not a list');
  const sightings = list.map((item: unknown) => readScan(item, timeField, waybillNo, words));
  return sightings.length > 0 ? { kind: 'found', sightings } : { kind: 'empty' };
}
