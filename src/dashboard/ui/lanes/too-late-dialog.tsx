import { Button } from 'antd';
import type { LaneAnswer, Page, TooLateAnswer } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { Dialog } from '../parts/dialog.js';
import { yuan } from '../parts/money.js';
import { Reading } from '../parts/reading.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { Due, In } from '../time/moments.js';

interface TooLateDialogProps {
  readonly lane: LaneAnswer;
  readonly name: string;
  readonly onClose: () => void;
}

/** The parcels that this lane will not reach in time, so that somebody can phone. */
export function TooLateDialog({ lane, name, onClose }: TooLateDialogProps) {
  const { t } = useWords();
  const query = useLive<Page<TooLateAnswer>>(['lanes', lane.id, 'too-late'], `/api/v1/lanes/${lane.id}/too-late`);
  const rows = query.data?.items ?? [];
  return (
    <Dialog title={t('lane.tooLateList.title', { lane: name })} onClose={onClose}>
      <p>
        {t('lane.tooLateList.what')} <Age readAt={query.dataUpdatedAt} />
      </p>
      <Reading query={query}>
        {rows.length === 0 && <p className="muted">{t('lane.tooLateList.none')}</p>}
        {rows.length > 0 && (
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t('lane.tooLateList.waybill')}</th>
                <th scope="col">{t('lane.tooLateList.value')}</th>
                <th scope="col">{t('lane.tooLateList.deadline')}</th>
                <th scope="col">{t('lane.tooLateList.turn')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">
                    <Link to={`/intercepts/${row.id}`} className="number">
                      {row.waybillNo}
                    </Link>
                  </th>
                  <td className="figure">{row.valueFen === null ? t('frame.time.none') : yuan(row.valueFen)}</td>
                  <td className="figure">
                    <Due at={row.deadlineAt} />
                  </td>
                  <td className="figure">
                    <In at={row.turnAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {rows.length < lane.tooLateCount && rows.length > 0 && (
          <p className="muted">{t('lane.tooLateList.more', { count: rows.length })}</p>
        )}
      </Reading>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('frame.act.close')}</Button>
      </div>
    </Dialog>
  );
}
