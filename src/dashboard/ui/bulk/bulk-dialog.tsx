import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { BulkAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { Problem } from '../http/problem.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Reading } from '../parts/reading.js';
import { TypedCount } from '../parts/typed-count.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { BulkPreview } from './bulk-preview.js';
import { BulkResult } from './bulk-result.js';
import { BULK_STEPS, type BulkName, filterOf, stepOf, type Target } from './bulk-steps.js';

interface BulkDialogProps {
  readonly name: BulkName;
  readonly target: Target;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

interface Said {
  readonly note: string;
  readonly evidence?: string;
}

const MOST_LETTERS = 2_000;

/** What the step would do to each row; nothing is done. Read once: what is confirmed is what was shown. */
function usePreview(name: BulkName, target: Target) {
  const body = { ...stepOf(name), filter: filterOf(target) };
  return useQuery({
    queryKey: ['bulk-preview', body],
    queryFn: () => call<BulkAnswer>('POST', '/api/v1/bulk-steps/preview', body),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
}

/** The server refused because there are too many: how many. */
function TooMany({ problem }: { readonly problem: Error }) {
  const { t } = useWords();
  const total = problem instanceof Problem ? problem.total : null;
  return <ProblemAlert problem={problem}>{total !== null && <p>{t('bulk.tooMany', { total })}</p>}</ProblemAlert>;
}

/** One step on many rows: first what would happen, then why it is wanted, then what became of each. */
export function BulkDialog({ name, target, onClose, onDone }: BulkDialogProps) {
  const { t } = useWords();
  const [result, setResult] = useState<BulkAnswer | null>(null);
  const preview = usePreview(name, target);
  const step = useStep<object, BulkAnswer>('POST', '/api/v1/bulk-steps', (answer) => {
    setResult(answer);
    onDone();
  });
  const doable = (preview.data?.rows ?? []).filter((row) => row.result === 'done');
  const submit = ({ note, evidence = '' }: Said) => {
    const rows = doable.map(({ id, version }) => ({ id, version }));
    const proof = evidence.trim() === '' ? {} : { evidence: evidence.trim() };
    step.mutate({ ...stepOf(name), rows, note: note.trim(), ...proof });
  };
  if (result) {
    return (
      <Dialog title={t(`bulk.title.${name}`)} onClose={onClose}>
        <BulkResult answer={result} />
        <div className="dialog-actions">
          <Button type="primary" onClick={onClose}>
            {t('frame.act.close')}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={t(`bulk.title.${name}`)} onClose={onClose}>
      {preview.error ? (
        <TooMany problem={preview.error} />
      ) : (
        <Reading query={preview}>
          {preview.data && <BulkPreview preview={preview.data} sends={BULK_STEPS[name].sends} />}
        </Reading>
      )}
      {preview.data && <Age readAt={preview.dataUpdatedAt} />}
      <Form<Said> layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="note"
          label={t('bulk.note')}
          rules={[{ required: true, whitespace: true, message: t('bulk.noteMissing') }]}
        >
          <Input.TextArea rows={2} maxLength={MOST_LETTERS} />
        </Form.Item>
        {BULK_STEPS[name].step === 'resolve' && (
          <Form.Item name="evidence" label={t('bulk.evidence')}>
            <Input maxLength={MOST_LETTERS} />
          </Form.Item>
        )}
        {(BULK_STEPS[name].danger || BULK_STEPS[name].sends) && <TypedCount count={doable.length} />}
        <DialogActions
          submit={t('bulk.submit', { count: doable.length })}
          busy={step.isPending}
          danger={BULK_STEPS[name].danger}
          disabled={doable.length === 0}
          problem={step.error}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}
