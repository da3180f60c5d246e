import { STEP_REFUSALS } from '../../../domain/intercept/person-steps.js';
import type { BulkAnswer } from '../http/answers.js';
import { yuan } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';

interface BulkPreviewProps {
  readonly preview: BulkAnswer;
  readonly sends: boolean;
}

const isRefusal = (code: string): code is keyof typeof STEP_REFUSALS => Object.hasOwn(STEP_REFUSALS, code);

/** What will happen, in numbers: to how many, and why not to the others. */
export function BulkPreview({ preview, sends }: BulkPreviewProps) {
  const { t, lang } = useWords();
  const effects = Object.entries(preview.effects) as [keyof BulkAnswer['effects'], number][];
  return (
    <>
      <p>{t('bulk.preview', { total: preview.total })}</p>
      {effects.length === 0 && <p>{t('bulk.nothing')}</p>}
      <table className="plain">
        <tbody>
          {effects.map(([effect, count]) => (
            <tr key={effect}>
              <th scope="row">{t(`bulk.effect.${effect}`)}</th>
              <td className="figure">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="refusals">
        {Object.entries(preview.refusals).map(([code, count]) => (
          <li key={code}>
            {t('bulk.refused', { count, why: isRefusal(code) ? sideIn(lang, STEP_REFUSALS[code]) : code })}
          </li>
        ))}
      </ul>
      {preview.feeFen > 0 && <p>{t(sends ? 'bulk.feeIfSent' : 'bulk.feeDue', { fee: yuan(preview.feeFen) })}</p>}
    </>
  );
}
