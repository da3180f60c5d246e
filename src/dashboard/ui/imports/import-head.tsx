import { Alert, Button } from 'antd';
import { useState } from 'react';
import { OPEN_IMPORT_STATES } from '../../../domain/import/batch.js';
import { useAct } from '../actions/use-act.js';
import type { ImportDetailAnswer } from '../http/answers.js';
import { useActor } from '../intercepts/actor.js';
import { yuan } from '../parts/money.js';
import { ConfirmStep } from '../steps/confirm-step.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { ImportStateMark } from './import-state.js';
import { RunDialog } from './run-dialog.js';

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((total, n) => total + n, 0);

/** How far an import is, what it may cost, and what a person can do with it. */
export function ImportHead({ batch }: { readonly batch: ImportDetailAnswer }) {
  const { t, lang } = useWords();
  const run = useAct('import.run');
  const abort = useAct('import.abort');
  const errors = useAct('import.errors');
  const actor = useActor(batch.startedBy ?? batch.actor);
  const [asking, setAsking] = useState<'run' | 'abort' | null>(null);
  const close = () => setAsking(null);
  const { id, state, rows, classes, outcomes } = batch;
  const isOpen = OPEN_IMPORT_STATES.some((open) => open === state);
  const isAfterStart = batch.startedBy !== null;
  const done = isAfterStart ? sum(outcomes) : sum(classes);
  const bad = (classes.bad ?? 0) + (outcomes.failed ?? 0);
  return (
    <section className="panel progress" aria-label={batch.fileName}>
      {batch.problem && (
        <Alert type="error" showIcon className="problem" title={`${batch.fileName} ${sideIn(lang, batch.problem)}`} />
      )}
      <div className="steps">
        <span role="status">
          <ImportStateMark state={state} />
        </span>
        {rows > 0 && (
          <>
            <progress value={done} max={rows} aria-label={batch.fileName} />
            <span>{t(isAfterStart ? 'import.done' : 'import.judged', { done, total: rows })}</span>
          </>
        )}
        <span className="muted">{t(isAfterStart ? 'import.startedBy' : 'import.by', { actor })}</span>
      </div>
      {rows > 0 && <p>{t('import.fee', { fee: yuan(batch.feeEstimateFen) })}</p>}
      <div className="steps">
        {run.may && state === 'previewed' && (
          <Button type="primary" {...run.mark} onClick={() => setAsking('run')}>
            {t('import.run.button')}
          </Button>
        )}
        {abort.may && isOpen && (
          <Button {...abort.mark} onClick={() => setAsking('abort')}>
            {t('import.abort.button')}
          </Button>
        )}
        {errors.may && bad > 0 && (
          <a {...errors.mark} href={`/api/v1/imports/${id}/errors.csv?lang=${lang}`} download>
            {t('import.errors')}
          </a>
        )}
      </div>
      {asking === 'run' && <RunDialog batch={batch} onClose={close} />}
      {asking === 'abort' && (
        <ConfirmStep
          path={`/api/v1/imports/${id}/abort`}
          title={t('import.abort.button')}
          what={t('import.abort.what')}
          submit={t('import.abort.button')}
          danger
          onClose={close}
          onDone={close}
        />
      )}
    </section>
  );
}
