import type { LaneAnswer, Page } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { LaneMarks } from '../lanes/lane-marks.js';
import { laneName, percent } from '../lanes/lane-name.js';
import { Reading } from '../parts/reading.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { In } from '../time/moments.js';

/** Every lane in a line: does it run, how much waits, will it be in time. */
export function LanesGlance() {
  const { t, lang } = useWords();
  const query = useLive<Page<LaneAnswer>>(['lanes'], '/api/v1/lanes');
  const lanes = query.data?.items ?? [];
  return (
    <section className="panel" aria-labelledby="lanes-glance">
      <div className="panel-head">
        <h2 id="lanes-glance">{t('overview.lanes.title')}</h2>
        <Age readAt={query.dataUpdatedAt} />
        <Link to="/lanes">{t('overview.lanes.all')}</Link>
      </div>
      <Reading query={query}>
        {lanes.length === 0 && <p className="muted">{t('lane.none')}</p>}
        {lanes.length > 0 && (
          <div className="scroll-x">
            <table className="plain" aria-labelledby="lanes-glance">
              <thead>
                <tr>
                  <th scope="col">{t('overview.lanes.lane')}</th>
                  <th scope="col" className="left">
                    {t('overview.lanes.state')}
                  </th>
                  <th scope="col">{t('lane.waiting')}</th>
                  <th scope="col">{t('lane.uncertain')}</th>
                  <th scope="col">{t('lane.tooLate')}</th>
                  <th scope="col">{t('lane.use')}</th>
                  <th scope="col">{t('lane.emptyAt')}</th>
                </tr>
              </thead>
              <tbody>
                {lanes.map((lane) => (
                  <tr key={lane.id}>
                    <th scope="row">{laneName(lane, lang)}</th>
                    <td>
                      <LaneMarks lane={lane} onlyTrouble />
                    </td>
                    <td className="figure">{lane.waiting}</td>
                    <td className={lane.uncertain > 0 ? 'figure due-over' : 'figure'}>{lane.uncertain}</td>
                    <td className={lane.tooLateCount > 0 ? 'figure due-over' : 'figure'}>{lane.tooLateCount}</td>
                    <td className="figure">
                      {lane.use.share === null ? lane.use.ordersLastMinute : percent(lane.use.share)}
                    </td>
                    <td className="figure">
                      <In at={lane.emptyAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Reading>
    </section>
  );
}
