import { Button, Form } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import { useActor } from '../intercepts/actor.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { Mark } from '../parts/mark.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Reading } from '../parts/reading.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { type BillPlace, monthQuery, useMatch } from './bill-queries.js';
import { billerName } from './biller-name.js';
import { MatchRows } from './match-rows.js';
import { MatchSums } from './match-sums.js';

interface PlaceProps {
  readonly place: BillPlace;
}

function CloseDialog({ place, onClose }: PlaceProps & { readonly onClose: () => void }) {
  const { t, lang } = useWords();
  const write = useStep<object>('POST', '/api/v1/bill-months/close', onClose);
  const { source, period } = place;
  return (
    <Dialog title={t('bill.close.title')} onClose={onClose}>
      <p>{t('bill.close.what', { source: billerName(source, lang), period })}</p>
      <Form onFinish={() => write.mutate({ source, period })}>
        <DialogActions
          submit={t('bill.close.title')}
          busy={write.isPending}
          problem={write.error}
          onCancel={onClose}
          danger
        />
      </Form>
    </Dialog>
  );
}

const nothing = () => undefined;

/** What may be done with the month: match it again, send the dispute, close it. */
function MonthSteps({ place, closedBy }: PlaceProps & { readonly closedBy: string | null }) {
  const { t, lang } = useWords();
  const [closing, setClosing] = useState(false);
  const match = useAct('bills.match');
  const dispute = useAct('bills.dispute');
  const close = useAct('bills.close');
  const { source, period } = place;
  const again = useStep<object>('POST', '/api/v1/bill-match', nothing);
  const actor = useActor(closedBy ?? '');
  return (
    <>
      <div className="bar">
        <a href={`/api/v1/bill-match/disputes.csv?${monthQuery(place)}&lang=${lang}`} download {...dispute.mark}>
          {t('bill.dispute')}
        </a>
        {closedBy !== null && <Mark tone="over">{t('bill.closed', { actor })}</Mark>}
        {closedBy === null && match.may && (
          <Button loading={again.isPending} onClick={() => again.mutate({ source, period })} {...match.mark}>
            {t('bill.rematch')}
          </Button>
        )}
        {closedBy === null && close.may && (
          <Button onClick={() => setClosing(true)} {...close.mark}>
            {t('bill.close.button')}
          </Button>
        )}
      </div>
      {again.error && <ProblemAlert problem={again.error} />}
      {closing && <CloseDialog place={place} onClose={() => setClosing(false)} />}
    </>
  );
}

/** One month of one biller: sums by class, and the rows of the class that is chosen. */
export function MatchPanel({ place }: PlaceProps) {
  const { t, lang } = useWords();
  const query = useMatch(place);
  const { data } = query;
  return (
    <section className="panel" aria-labelledby="match">
      <div className="bar">
        <h2 id="match">{t('bill.match', { source: billerName(place.source, lang), period: place.period })}</h2>
        <Age readAt={query.dataUpdatedAt} />
      </div>
      <Reading query={query}>
        {data && (
          <>
            <MonthSteps place={place} closedBy={data.closedBy} />
            {data.sums.length === 0 ? (
              <p className="reading">{t('bill.noLines')}</p>
            ) : (
              <MatchSums place={place} sums={data.sums} />
            )}
            {place.class !== null && <MatchRows place={place} name={place.class} />}
          </>
        )}
      </Reading>
    </section>
  );
}
