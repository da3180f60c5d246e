import type { CarrierResponse, InterceptCommand, StatusAnswer } from '../../../domain/carrier/port.js';
import { isFields } from '../fields.js';
import { type DouyinSettings, dataOfAnswer } from './answers.js';
import { knownAfterSales } from './intercept.js';
import { expectOk, normaliseWaybill, readable } from './intercept-answers.js';
import { afterSaleIdOf, readPage } from './list.js';

/** Every waybill that a record names, wherever it stands. */
function waybillsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(waybillsIn);
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'tracking_no' && typeof inner === 'string' && inner.trim() !== ''
      ? [normaliseWaybill(inner)]
      : waybillsIn(inner),
  );
}

/**
 * Is this parcel among those on their way back to the shop? A record counts only if ours is the one waybill it names:
 * an after-sale of two parcels does not say which of them comes back. Everything else is unclear, never "no record":
 * the state comes late ("状态更新有一定时延"). Throws CarrierFault.
 */
export function readStatus(
  response: CarrierResponse,
  command: InterceptCommand,
  settings: DouyinSettings,
): StatusAnswer {
  expectOk(response, 'read');
  return readable('read', () => {
    const { records } = readPage(dataOfAnswer(response, settings));
    const ids = knownAfterSales(command).map(({ afterSaleId }) => afterSaleId);
    const ours = records.filter((record) => ids.includes(afterSaleIdOf(record) ?? ''));
    const waybill = normaliseWaybill(command.waybillNo);
    const proved = ours.some((record) => [...new Set(waybillsIn(record))].join() === waybill);
    return proved
      ? { kind: 'returning', rawCode: '3', rawText: '快递退回中，运往商家' }
      : { kind: 'unclear', rawCode: '', rawText: '' };
  });
}
