import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { ReturnDetailAnswer } from '../http/answers.js';
import { DialogActions } from '../parts/dialog.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';

const FIELDS = {
  number: { path: 'numbers', field: 'waybillNo', label: 'return.number.label', most: 191 },
  settle: { path: 'settle', field: 'note', label: 'return.settle.note', most: 2_000 },
} as const;

type Step = keyof typeof FIELDS;

/** What a person may do about a return: name the number it comes back under, or settle its difference. */
export function ReturnSteps({ row }: { readonly row: ReturnDetailAnswer }) {
  const { t } = useWords();
  const [step, setStep] = useState<Step | null>(null);
  const number = useAct('returns.number');
  const settle = useAct('returns.settle');
  const differs = row.state === 'short' || row.state === 'other' || row.state === 'damaged';
  if (step) return <StepForm row={row} step={step} onDone={() => setStep(null)} />;
  return (
    <div className="steps">
      {number.may && row.state !== 'settled' && (
        <Button onClick={() => setStep('number')} {...number.mark}>
          {t('return.number.act')}
        </Button>
      )}
      {settle.may && differs && (
        <Button type="primary" onClick={() => setStep('settle')} {...settle.mark}>
          {t('return.settle.act')}
        </Button>
      )}
    </div>
  );
}

interface StepFormProps {
  readonly row: ReturnDetailAnswer;
  readonly step: Step;
  readonly onDone: () => void;
}

function StepForm({ row, step, onDone }: StepFormProps) {
  const { t } = useWords();
  const { path, field, label, most } = FIELDS[step];
  const write = useStep<object>('POST', `/api/v1/returns/${row.id}/${path}`, onDone);
  const submit = ({ text }: { readonly text: string }) => write.mutate({ [field]: text.trim() });
  return (
    <Form layout="vertical" requiredMark={false} onFinish={submit}>
      <Form.Item name="text" label={t(label)} rules={[{ required: true, whitespace: true, message: t(label) }]}>
        <Input maxLength={most} />
      </Form.Item>
      <DialogActions submit={t(`return.${step}.act`)} busy={write.isPending} problem={write.error} onCancel={onDone} />
    </Form>
  );
}
