import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DecisionPreviewAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { Reading } from '../parts/reading.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { DecisionTable } from './decision-table.js';

interface ConfirmStartProps {
  /** Body of `POST /api/v1/intercepts/preview`. */
  readonly asked: object;
  readonly busy: boolean;
  readonly problem: Error | null;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  /** What became of it, in place of the question. */
  readonly result?: ReactNode;
}

/** What would be decided, judged by the server just now, before anything is asked of a courier (R20). */
export function ConfirmStart({ asked, busy, problem, onClose, onConfirm, result }: ConfirmStartProps) {
  const { t } = useWords();
  const preview = useQuery({
    queryKey: ['start-preview', asked],
    queryFn: () => call<{ parcels: DecisionPreviewAnswer[] }>('POST', '/api/v1/intercepts/preview', asked),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const parcels = preview.data?.parcels;
  const allRefused = parcels?.every(({ refusal }) => refusal !== null) ?? true;
  return (
    <Dialog title={t('start.confirm.title')} onClose={onClose}>
      {result ?? (
        <>
          <p>{t('start.confirm.what')}</p>
          <Reading query={preview}>{parcels && <DecisionTable parcels={parcels} />}</Reading>
          {parcels && <Age readAt={preview.dataUpdatedAt} />}
          <DialogActions
            submit={t('start.confirm.submit')}
            busy={busy}
            disabled={allRefused}
            problem={problem}
            onCancel={onClose}
            onSubmit={onConfirm}
          />
        </>
      )}
    </Dialog>
  );
}
