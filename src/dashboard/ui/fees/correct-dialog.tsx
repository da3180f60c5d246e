import { Form, Input } from 'antd';
import type { LedgerEntryAnswer } from '../http/answers.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { fenOf, yuan } from '../parts/money.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';

interface CorrectDialogProps {
  readonly fee: LedgerEntryAnswer;
  readonly onClose: () => void;
}

/** Says what a correction does before it does it, and takes the right amount and the reason. */
export function CorrectDialog({ fee, onClose }: CorrectDialogProps) {
  const { t } = useWords();
  const write = useStep<{ toFen: number; note: string }>('POST', `/api/v1/ledger/${fee.id}/correct`, onClose);
  const submit = ({ amount, note }: { readonly amount: string; readonly note: string }) => {
    const toFen = fenOf(amount);
    if (toFen !== null) write.mutate({ toFen, note: note.trim() });
  };
  const isAmount = (_rule: unknown, text: string | undefined) =>
    fenOf(text ?? '') === null ? Promise.reject(new Error(t('fee.badAmount'))) : Promise.resolve();
  return (
    <Dialog title={t('fee.correctTitle')} onClose={onClose}>
      <p>{t('fee.correctWhat', { amount: yuan(fee.amountFen) })}</p>
      <Form layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item name="amount" label={t('fee.toAmount')} rules={[{ validator: isAmount }]}>
          <Input inputMode="decimal" maxLength={10} />
        </Form.Item>
        <Form.Item
          name="note"
          label={t('fee.note')}
          rules={[{ required: true, whitespace: true, message: t('fee.noteMissing') }]}
        >
          <Input maxLength={2_000} />
        </Form.Item>
        <DialogActions submit={t('fee.correctTitle')} busy={write.isPending} problem={write.error} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
