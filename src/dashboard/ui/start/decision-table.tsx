import type { DecisionPreviewAnswer } from '../http/answers.js';
import { StateMark } from '../intercepts/state-mark.js';
import { courierName } from '../parts/couriers.js';
import { yuan } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';

/** Does this parcel go to the courier if the person confirms? */
function isSent({ state, refusal }: DecisionPreviewAnswer): boolean {
  return state === 'queued' && refusal === null;
}

/** What each parcel would come to and why, and what all of it may cost; nothing has been done. */
export function DecisionTable({ parcels }: { readonly parcels: readonly DecisionPreviewAnswer[] }) {
  const { t } = useWords();
  const sent = parcels.filter(isSent);
  const total = sent.reduce((sum, { feeFen }) => sum + (feeFen ?? 0), 0);
  const cost = () => {
    if (sent.length === 0) return t('start.nothingSent');
    return sent.some(({ feeFen }) => feeFen === null) ? t('start.feeUnknown') : t('start.feeSum', { fee: yuan(total) });
  };
  return (
    <>
      <table className="decisions">
        <thead>
          <tr>
            <th scope="col">{t('start.column.parcel')}</th>
            <th scope="col">{t('start.column.would')}</th>
            <th scope="col" className="why">
              {t('start.column.why')}
            </th>
            <th scope="col" className="figure">
              {t('start.column.fee')}
            </th>
          </tr>
        </thead>
        <tbody>
          {parcels.map((parcel) => (
            <DecisionRow key={`${parcel.carrier} ${parcel.waybillNo}`} parcel={parcel} />
          ))}
        </tbody>
      </table>
      <p>
        <strong>{cost()}</strong>
      </p>
    </>
  );
}

function DecisionRow({ parcel }: { readonly parcel: DecisionPreviewAnswer }) {
  const { t, lang } = useWords();
  const { refusal, failed, feeFen } = parcel;
  // The reason is the first of the rules against it.
  const others = failed.filter(({ reason }) => reason !== parcel.reason);
  return (
    <tr>
      <td>
        <span className="number">{parcel.waybillNo}</span>
        <div className="below">{courierName(parcel.carrier, lang)}</div>
      </td>
      <td>
        <StateMark state={parcel.state} />
      </td>
      <td>
        {sideIn(lang, refusal?.text ?? parcel.reasonText)} {parcel.rule && <span className="rule">{parcel.rule}</span>}
        {refusal === null &&
          others.map(({ rule, reason, reasonText }) => (
            <div key={`${rule} ${reason}`} className="below">
              {sideIn(lang, reasonText)} <span className="rule">{rule}</span>
            </div>
          ))}
      </td>
      <td className="figure">
        {!isSent(parcel) && t('frame.time.none')}
        {isSent(parcel) && (feeFen === null ? t('start.feeUnknown') : yuan(feeFen))}
      </td>
    </tr>
  );
}
