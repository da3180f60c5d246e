import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { InterceptAnswer, StartAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { Problem } from '../http/problem.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { useWords } from '../texts/i18n.js';
import { ConfirmStart } from './confirm-start.js';
import { StartResult } from './start-result.js';

interface ConfirmReleaseProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

interface Released {
  readonly done: StartAnswer['intercepts'];
  /** What the server said of those it did not let go. */
  readonly refused: readonly Problem[];
}

/** One after the other: what one refuses does not hold up the next. */
async function releaseAll(ids: readonly string[]): Promise<Released> {
  const done: InterceptAnswer[] = [];
  const refused: Problem[] = [];
  for (const id of ids) {
    try {
      done.push(await call<InterceptAnswer>('POST', `/api/v1/intercepts/${id}/retry`, {}));
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 409) throw error;
      refused.push(error);
    }
  }
  return { done, refused };
}

/** Lets the chosen parcels of a known after-sale go, after showing what that would come to. */
export function ConfirmRelease({ ids, onClose }: ConfirmReleaseProps) {
  const { t } = useWords();
  const client = useQueryClient();
  const release = useMutation({
    mutationFn: () => releaseAll(ids),
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey: [first] }) => first !== 'session' && first !== 'start-preview',
      }),
  });
  const result = release.data && (
    <>
      {release.data.done.length > 0 && <StartResult answer={{ intercepts: release.data.done }} />}
      {release.data.refused.map((problem) => (
        <ProblemAlert key={problem.requestId} problem={problem} />
      ))}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('frame.act.close')}</Button>
      </div>
    </>
  );
  return (
    <ConfirmStart
      asked={{ ids }}
      busy={release.isPending}
      problem={release.error}
      onClose={onClose}
      onConfirm={() => release.mutate()}
      result={result}
    />
  );
}
