import type { UseQueryResult } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../texts/i18n.js';
import { ProblemAlert } from './problem-alert.js';

type Readable = Pick<UseQueryResult, 'error' | 'refetch'> & { readonly data: unknown };

interface ReadingProps {
  readonly query: Readable;
  readonly children: ReactNode;
}

/**
 * What was read, or why there is nothing. When a later reading fails, the old one stays with a word of warning: a page
 * that empties itself is worse than one that says how old it is.
 */
export function Reading({ query, children }: ReadingProps) {
  const { t } = useWords();
  const again = () => void query.refetch();
  if (query.data === undefined) {
    if (query.error) return <ProblemAlert problem={query.error} onRetry={again} />;
    return (
      <p className="reading" role="status">
        {t('frame.age.reading')}
      </p>
    );
  }
  return (
    <>
      {query.error && (
        <ProblemAlert problem={query.error} onRetry={again}>
          <p>{t('frame.problem.stale')}</p>
        </ProblemAlert>
      )}
      {children}
    </>
  );
}

/** Says that a step was taken in. */
export function Taken({ children }: { readonly children: ReactNode }) {
  return <Alert type="success" showIcon role="status" className="taken" title={children} />;
}
