import { AutoComplete, Button, Form, Input } from 'antd';
import type { Rule } from 'antd/es/form';
import { useCarriers } from '../http/catalogue.js';
import { courierName } from '../parts/couriers.js';
import { yuan } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';

interface ParcelListProps {
  readonly required: Rule;
  readonly amount: Rule;
  /** Today's fee by courier, fen. */
  readonly fees: ReadonlyMap<string, number>;
}

/** The parcels of the after-sale: one order may travel in several, and the seller chooses which (R18). */
export function ParcelList({ required, amount, fees }: ParcelListProps) {
  const { t, lang } = useWords();
  const carriers = useCarriers().map((value) => ({ value, label: `${courierName(value, lang)} ${value}` }));
  return (
    <Form.List name="parcels">
      {(rows, { add, remove }) => (
        <fieldset className="parcels">
          <legend>{t('start.parcels')}</legend>
          {rows.map(({ key, name }) => (
            <fieldset key={key} className="parcel" aria-label={t('start.parcel', { number: name + 1 })}>
              <Form.Item name={[name, 'carrier']} label={t('start.carrier')} rules={[required]}>
                <AutoComplete options={carriers} maxLength={191} />
              </Form.Item>
              <Form.Item name={[name, 'waybillNo']} label={t('start.waybill')} rules={[required]}>
                <Input className="number" maxLength={191} />
              </Form.Item>
              <Form.Item name={[name, 'value']} label={t('start.value')} rules={[required, amount]}>
                <Input inputMode="decimal" maxLength={12} />
              </Form.Item>
              <Fee at={name} fees={fees} />
              {rows.length > 1 && (
                <Button onClick={() => remove(name)} aria-label={`${t('start.remove')} ${name + 1}`}>
                  {t('start.remove')}
                </Button>
              )}
            </fieldset>
          ))}
          <Button onClick={() => add({})}>{t('start.add')}</Button>
        </fieldset>
      )}
    </Form.List>
  );
}

/** What this parcel would cost, once its courier is chosen (R20, R30). */
function Fee({ at, fees }: { readonly at: number; readonly fees: ReadonlyMap<string, number> }) {
  const { t } = useWords();
  const written: unknown = Form.useWatch(['parcels', at, 'carrier']);
  const carrier = typeof written === 'string' ? written.trim() : '';
  const fee = fees.get(carrier);
  const unknown = carrier === '' ? t('frame.time.none') : t('start.feeUnknown');
  return (
    <p className="fee">
      <span className="muted">{t('start.fee')}</span>{' '}
      {fee === undefined ? unknown : t('start.feeEach', { fee: yuan(fee) })}
    </p>
  );
}
