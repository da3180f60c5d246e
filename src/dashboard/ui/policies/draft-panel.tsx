import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { BacktestAnswer } from '../http/answers.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { BacktestTable } from './backtest-table.js';

interface DraftPanelProps {
  readonly id: string;
  /** Today's policy, where a draft begins. */
  readonly body: Readonly<Record<string, unknown>>;
}

type Read = { readonly ok: true; readonly policy: object } | { readonly ok: false; readonly why: string };

function read(text: string, id: string): Read {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { ok: true, policy: { ...value, id } };
    return { ok: false, why: '{ … }' };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

const MOST_DAYS = 90;

/** A draft: written here, tried on the past beside today's policy, and put into the shadow. */
export function DraftPanel({ id, body }: DraftPanelProps) {
  const { t } = useWords();
  const trying = useAct('policies.try');
  const shadowing = useAct('policies.shadow');
  const [text, setText] = useState(() => JSON.stringify({ ...body, id: undefined }, null, 2));
  const [days, setDays] = useState(30);
  const [result, setResult] = useState<BacktestAnswer | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const test = useStep<object, BacktestAnswer>('POST', '/api/v1/policies/backtest', setResult);
  const shadow = useStep<object>('PUT', `/api/v1/policies/${id}/shadow`, () => setResult(null));
  const withDraft = (act: (policy: object) => void) => () => {
    const draft = read(text, id);
    setWrong(draft.ok ? null : draft.why);
    if (draft.ok) act(draft.policy);
  };
  const problem = test.error ?? shadow.error;
  return (
    <section className="panel" aria-labelledby="draft">
      <h2 id="draft">{t('policy.draft.title')}</h2>
      <p className="muted">{t('policy.draft.about')}</p>
      <textarea
        className="digest number"
        aria-label={t('policy.draft.text')}
        rows={14}
        spellCheck={false}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {wrong !== null && (
        <p role="alert" className="field-problem">
          {t('policy.draft.notJson', { why: wrong })}
        </p>
      )}
      {problem && <ProblemAlert problem={problem} />}
      <div className="bar">
        <InputNumber
          aria-label={t('policy.draft.days')}
          prefix={t('policy.draft.days')}
          min={1}
          max={MOST_DAYS}
          value={days}
          onChange={(value) => setDays(value ?? 1)}
        />
        {trying.may && (
          <Button
            {...trying.mark}
            type="primary"
            loading={test.isPending}
            onClick={withDraft((policy) => test.mutate({ policy, days }))}
          >
            {t('policy.draft.try')}
          </Button>
        )}
        {shadowing.may && (
          <Button
            {...shadowing.mark}
            loading={shadow.isPending}
            onClick={withDraft((policy) => shadow.mutate({ policy }))}
          >
            {t('policy.draft.shadow')}
          </Button>
        )}
      </div>
      {result && <BacktestTable result={result} />}
    </section>
  );
}
