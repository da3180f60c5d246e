import { STEP_TABLE } from '../../../domain/intercept/person-steps.js';
import type { AfterSaleAnswer } from '../http/answers.js';
import { useFees } from '../http/catalogue.js';
import { StateMark } from '../intercepts/state-mark.js';
import { courierName } from '../parts/couriers.js';
import { yuan } from '../parts/money.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';

type Parcel = AfterSaleAnswer['parcels'][number];

interface SaleParcelsProps {
  readonly parcels: readonly Parcel[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

/** May a person start it now, as far as its state tells? The preview and the server have the last word. */
function mayStart({ state }: Parcel): boolean {
  return state !== null && STEP_TABLE[state].retry === true && state !== 'queued';
}

/** The parcels of an after-sale: which courier, worth what, at what fee, and where each stands. */
export function SaleParcels({ parcels, chosen, onChange }: SaleParcelsProps) {
  const { t } = useWords();
  const fees = useFees();
  if (parcels.length === 0) return <p className="muted">{t('start.sale.noParcel')}</p>;
  const tick = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    onChange(next);
  };
  return (
    <div className="wide">
      <table className="decisions">
        <thead>
          <tr>
            <th />
            <th scope="col">{t('start.column.parcel')}</th>
            <th scope="col" className="figure">
              {t('start.column.value')}
            </th>
            <th scope="col" className="figure">
              {t('start.column.fee')}
            </th>
            <th scope="col">{t('start.column.now')}</th>
            <th scope="col" className="why">
              {t('start.column.why')}
            </th>
          </tr>
        </thead>
        <tbody>
          {parcels.map((parcel) => (
            <ParcelRow
              key={`${parcel.carrier} ${parcel.waybillNo}`}
              parcel={parcel}
              feeFen={fees.get(parcel.carrier)}
              isChosen={parcel.interceptId !== null && chosen.has(parcel.interceptId)}
              onTick={tick}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ParcelRowProps {
  readonly parcel: Parcel;
  readonly feeFen: number | undefined;
  readonly isChosen: boolean;
  readonly onTick: (id: string, on: boolean) => void;
}

function ParcelRow({ parcel, feeFen, isChosen, onTick }: ParcelRowProps) {
  const { t, lang } = useWords();
  const { interceptId, waybillNo, carrier, state, valueFen } = parcel;
  return (
    <tr>
      <td>
        {interceptId !== null && mayStart(parcel) && (
          <input
            type="checkbox"
            aria-label={t('start.sale.pick', { waybillNo })}
            checked={isChosen}
            onChange={(event) => onTick(interceptId, event.target.checked)}
          />
        )}
      </td>
      <td>
        {interceptId === null ? (
          <span className="number">{waybillNo}</span>
        ) : (
          <Link to={`/intercepts/${interceptId}`} className="number">
            {waybillNo}
          </Link>
        )}
        <div className="below">{courierName(carrier, lang)}</div>
      </td>
      <td className="figure">{valueFen === null ? t('start.sale.unknown') : yuan(valueFen)}</td>
      <td className="figure">{feeFen === undefined ? t('start.feeUnknown') : yuan(feeFen)}</td>
      <td>{state === null ? t('start.sale.judging') : <StateMark state={state} />}</td>
      <td>
        {parcel.reasonText && sideIn(lang, parcel.reasonText)}{' '}
        {parcel.rule && <span className="rule">{parcel.rule}</span>}
        {state !== null && !mayStart(parcel) && <div className="below">{t('start.sale.cannot')}</div>}
      </td>
    </tr>
  );
}
