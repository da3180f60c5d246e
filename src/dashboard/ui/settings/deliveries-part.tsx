import { Button } from 'antd';
import { useAct } from '../actions/use-act.js';
import type { DeliveryAnswer, Page } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { Mark } from '../parts/mark.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Reading } from '../parts/reading.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { Moment } from '../time/moments.js';

const TONES = { waiting: 'wait', delivered: 'good', dead: 'bad' } as const;

function Delivery({ row }: { readonly row: DeliveryAnswer }) {
  const { t } = useWords();
  const { may, mark } = useAct('settings.sendAgain');
  const again = useStep<object>('POST', `/api/v1/deliveries/${row.id}/send`, () => undefined);
  return (
    <tr>
      <td>
        <Moment at={row.createdAt} />
      </td>
      <td className="number">{row.target}</td>
      <td className="number">{row.type}</td>
      <td>
        <Mark tone={TONES[row.state]}>{t(`config.delivery.state.${row.state}`)}</Mark>
        {row.lastError !== null && <p className="muted">{row.lastError}</p>}
        {again.error && <ProblemAlert problem={again.error} />}
      </td>
      <td className="figure">{row.tries}</td>
      <td>{row.dueAt === null ? '' : <Moment at={row.dueAt} />}</td>
      <td>
        {may && row.state === 'dead' && (
          <Button {...mark} loading={again.isPending} onClick={() => again.mutate({})}>
            {t('config.delivery.again')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** The newest messages to webhooks and chats: what arrived, what is tried, what was given up. */
export function DeliveriesPart() {
  const { t } = useWords();
  const query = useLive<Page<DeliveryAnswer>>(['deliveries'], '/api/v1/deliveries');
  const rows = query.data?.items ?? [];
  return (
    <Reading query={query}>
      <p className="about">{t('config.delivery.about')}</p>
      {rows.length === 0 && <p className="reading">{t('config.delivery.none')}</p>}
      {rows.length > 0 && (
        <div className="scroll">
          <table className="list">
            <thead>
              <tr>
                {(['at', 'target', 'type', 'result', 'tries', 'next'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`config.delivery.${name}`)}
                  </th>
                ))}
                <th scope="col">{t('people.actions')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Delivery key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Reading>
  );
}
