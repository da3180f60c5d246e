import { Form } from 'antd';
import type { ImportDetailAnswer } from '../http/answers.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { yuan } from '../parts/money.js';
import { TypedCount } from '../parts/typed-count.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';

interface RunDialogProps {
  readonly batch: ImportDetailAnswer;
  readonly onClose: () => void;
}

/** What running an import will do, in numbers, before it does it. */
export function RunDialog({ batch, onClose }: RunDialogProps) {
  const { t } = useWords();
  const step = useStep<object>('POST', `/api/v1/imports/${batch.id}/run`, onClose);
  const { bad = 0, willSend = 0 } = batch.classes;
  return (
    <Dialog title={t('import.run.button').replace('…', '')} onClose={onClose}>
      <p>{t('import.run.what', { rows: batch.rows - bad, count: willSend, fee: yuan(batch.feeEstimateFen), bad })}</p>
      <Form layout="vertical" requiredMark={false} onFinish={() => step.mutate({})}>
        <TypedCount count={willSend} />
        <DialogActions submit={t('import.run.submit')} busy={step.isPending} problem={step.error} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
