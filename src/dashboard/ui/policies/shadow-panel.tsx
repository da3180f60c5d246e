import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { ShadowAnswer } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { useActor } from '../intercepts/actor.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Reading } from '../parts/reading.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';
import { BacktestTable } from './backtest-table.js';
import { ReasonDialog } from './reason-dialog.js';

interface ShadowPanelProps {
  readonly id: string;
  /** The configuration's version, which it is published against. */
  readonly version: number;
}

/** The draft that runs beside a policy: what both did since, and the two ways it may end. */
export function ShadowPanel({ id, version }: ShadowPanelProps) {
  const { t } = useWords();
  const query = useLive<ShadowAnswer>(['policies', id, 'shadow'], `/api/v1/policies/${id}/shadow`);
  const publishing = useAct('policies.publish');
  const ending = useAct('policies.endShadow');
  const [isOpen, setOpen] = useState(false);
  const end = useStep<object>('POST', `/api/v1/policies/${id}/shadow/end`, () => undefined);
  const actor = useActor(query.data?.by ?? '');
  return (
    <section className="panel" aria-labelledby="shadow">
      <h2 id="shadow">{t('policy.shadow.title')}</h2>
      <Reading query={query}>
        {query.data && (
          <>
            <p className="muted">
              {t('policy.shadow.since', { actor })} <Ago at={query.data.since} />
            </p>
            <BacktestTable result={query.data.comparison} />
          </>
        )}
      </Reading>
      {end.error && <ProblemAlert problem={end.error} />}
      <div className="steps">
        {publishing.may && (
          <Button {...publishing.mark} type="primary" onClick={() => setOpen(true)}>
            {t('policy.shadow.publish')}
          </Button>
        )}
        {ending.may && (
          <Button {...ending.mark} loading={end.isPending} onClick={() => end.mutate({})}>
            {t('policy.shadow.end')}
          </Button>
        )}
      </div>
      {isOpen && (
        <ReasonDialog
          title={t('policy.shadow.publishTitle', { id })}
          means={t('policy.shadow.publishMeans')}
          submit={t('policy.shadow.submit')}
          path={`/api/v1/policies/${id}/shadow/publish`}
          body={{ version }}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}
