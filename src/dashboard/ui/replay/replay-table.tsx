import type { ReplayAnswer } from '../http/answers.js';
import { ActorName } from '../parts/actor-name.js';
import { Mark, type Tone } from '../parts/mark.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';
import { RateText } from './rate-text.js';

const TONES = {
  previewed: 'wait',
  running: 'busy',
  done: 'good',
  aborted: 'over',
} as const satisfies Record<ReplayAnswer['state'], Tone>;

/** Replays, newest first. */
export function ReplayTable({ rows }: { readonly rows: readonly ReplayAnswer[] }) {
  const { t } = useWords();
  return (
    <div className="wide">
      <table className="list batches">
        <thead>
          <tr>
            <th scope="col">{t('replay.column.name')}</th>
            <th scope="col">{t('replay.column.state')}</th>
            <th scope="col">{t('replay.column.progress')}</th>
            <th scope="col">{t('replay.column.rate')}</th>
            <th scope="col">{t('replay.column.by')}</th>
            <th scope="col">{t('replay.column.created')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((replay) => (
            <tr key={replay.id}>
              <td>
                <Link to={`/replays/${replay.id}`}>{replay.name}</Link>
              </td>
              <td>
                <Mark tone={TONES[replay.state]}>{t(`replay.state.${replay.state}`)}</Mark>
              </td>
              <td>
                {t('replay.progress', { done: replay.done, toDo: replay.toDo, failed: replay.failed })}
                {replay.total > replay.toDo && (
                  <div className="below">{t('replay.leftAlone', { count: replay.total - replay.toDo })}</div>
                )}
              </td>
              <td>
                <RateText perSecond={replay.perSecond} />
              </td>
              <td className="wrap">
                <ActorName actor={replay.actor} />
              </td>
              <td>
                <Ago at={replay.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
