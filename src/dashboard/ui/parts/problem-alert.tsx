import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { Problem } from '../http/problem.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { LastStep } from './last-step.js';

interface ProblemAlertProps {
  readonly problem: Error;
  readonly onRetry?: () => void;
  readonly children?: ReactNode;
}

/** Says what went wrong in the reader's language: the server's own words where it gave some. */
export function ProblemAlert({ problem, onRetry, children }: ProblemAlertProps) {
  const { t, lang } = useWords();
  const known = problem instanceof Problem ? problem : null;
  const words = () => {
    if (!known) return t('frame.problem.broken');
    if (known.text) return sideIn(lang, known.text);
    return known.status === 0 ? t('frame.problem.network') : t('frame.problem.unknown', { status: known.status });
  };
  const details = (
    <>
      {known && known.fields.length > 0 && (
        <ul className="field-problems">
          {known.fields.map(({ field, text }) => (
            <li key={`${field} ${text.en}`}>
              <code>{field}</code> {sideIn(lang, text)}
            </li>
          ))}
        </ul>
      )}
      {known?.lastStep && <LastStep step={known.lastStep} />}
      {known?.requestId && <p className="muted">{t('frame.problem.requestId', { id: known.requestId })}</p>}
      {children}
    </>
  );
  return (
    <Alert
      type="error"
      showIcon
      className="problem"
      title={words()}
      description={details}
      action={onRetry ? <Button onClick={onRetry}>{t('frame.problem.retry')}</Button> : undefined}
    />
  );
}
