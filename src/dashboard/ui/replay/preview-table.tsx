import { REPLAY_CLASSES } from '../../../domain/replay/classify.js';
import type { ReplayPreviewAnswer } from '../http/answers.js';
import { yuan } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';

type Preview = Pick<ReplayPreviewAnswer, 'total' | 'preview' | 'feeEstimateFen'>;

/** What a replay comes to, class by class, and what it may cost. */
export function PreviewTable({ preview }: { readonly preview: Preview }) {
  const { t } = useWords();
  const shown = REPLAY_CLASSES.filter((name) => name === 'willSend' || preview.preview[name] > 0);
  return (
    <>
      <p>{t('replay.total', { count: preview.total })}</p>
      <table className="plain">
        <tbody>
          {shown.map((name) => (
            <tr key={name}>
              <th scope="row">{t(`replay.class.${name}`)}</th>
              <td className="figure">{preview.preview[name]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('replay.fee', { fee: yuan(preview.feeEstimateFen) })}</p>
    </>
  );
}
