import { Form, Input } from 'antd';
import type { StoryAnswer } from '../http/answers.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { yuan } from '../parts/money.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';

export type RefundStep = 'approve' | 'settle';

interface RefundDialogProps {
  readonly step: RefundStep;
  readonly refund: StoryAnswer['refunds'][number];
  readonly onClose: () => void;
}

/** Money is never one click away: says what will happen, and takes a note. */
export function RefundDialog({ step, refund, onClose }: RefundDialogProps) {
  const { t } = useWords();
  const path = `/api/v1/refunds/${refund.id}/${step === 'approve' ? 'approve' : 'done'}`;
  const write = useStep<object>('POST', path, onClose);
  const amount = refund.amountFen === null ? t('refund.unknownAmount') : yuan(refund.amountFen);
  const submit = ({ note = '' }: { readonly note?: string }) =>
    write.mutate(note.trim() === '' ? {} : { note: note.trim() });
  return (
    <Dialog title={t(`refund.${step}`)} onClose={onClose}>
      <p>{step === 'approve' ? t('refund.approveWhat', { amount }) : t('refund.settleWhat')}</p>
      <Form layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item name="note" label={t('refund.note')}>
          <Input maxLength={2_000} />
        </Form.Item>
        <DialogActions submit={t(`refund.${step}`)} busy={write.isPending} problem={write.error} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
