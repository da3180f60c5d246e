import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { ClaimDetailAnswer } from '../http/answers.js';
import { DialogActions } from '../parts/dialog.js';
import { fenOf } from '../parts/money.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';

type Step = ClaimDetailAnswer['may'][number];
type Field = 'amount' | 'courierReference' | 'reference' | 'note';

/** The form of each step: its path, and what it asks for; a trailing `!` must be filled in. */
const FORMS = {
  file: { path: 'file', fields: ['amount!', 'courierReference', 'note'] },
  accept: { path: 'accept', fields: ['amount!', 'note'] },
  reject: { path: 'reject', fields: ['note!'] },
  drop: { path: 'drop', fields: ['note!'] },
  receive: { path: 'payments', fields: ['amount!', 'reference!', 'note'] },
  reverse: { path: 'reversals', fields: ['reference!', 'note!'] },
} as const satisfies Record<Step, { path: string; fields: readonly (Field | `${Field}!`)[] }>;

const MAIN: readonly Step[] = ['file', 'accept', 'receive'];

/** What a person may do about a claim, as the server says; a click opens the form of the step. */
export function ClaimSteps({ claim }: { readonly claim: ClaimDetailAnswer }) {
  const [step, setStep] = useState<Step | null>(null);
  if (step) return <StepForm claim={claim} step={step} onDone={() => setStep(null)} />;
  return (
    <div className="steps">
      {claim.may.map((one) => (
        <StepButton key={one} step={one} onClick={() => setStep(one)} />
      ))}
    </div>
  );
}

function StepButton({ step, onClick }: { readonly step: Step; readonly onClick: () => void }) {
  const { t } = useWords();
  const { may, mark } = useAct(`claims.${step}`);
  if (!may) return null;
  return (
    <Button type={MAIN.includes(step) ? 'primary' : 'default'} onClick={onClick} {...mark}>
      {t(`claim.act.${step}`)}
    </Button>
  );
}

interface StepFormProps {
  readonly claim: ClaimDetailAnswer;
  readonly step: Step;
  readonly onDone: () => void;
}

const plain = (fen: number | null) =>
  fen === null ? '' : `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** What is most likely meant, to be looked at and changed. */
function proposed({ amountFen, acceptedFen, paidFen, reference }: ClaimDetailAnswer, step: Step) {
  const amount = step === 'receive' ? (acceptedFen ?? 0) - paidFen : amountFen;
  return { amount: plain(amount), courierReference: reference ?? '' };
}

function StepForm({ claim, step, onDone }: StepFormProps) {
  const { t } = useWords();
  const { path, fields } = FORMS[step];
  const write = useStep<object>('POST', `/api/v1/claims/${claim.id}/${path}`, onDone);
  const submit = (said: Readonly<Partial<Record<Field, string>>>) => {
    const text = (name: Field) => said[name]?.trim() || undefined;
    const reference = text('reference') ?? text('courierReference');
    const amountFen = said.amount === undefined ? undefined : (fenOf(said.amount) ?? undefined);
    write.mutate({
      ...(amountFen === undefined ? {} : { amountFen }),
      ...(reference === undefined ? {} : { reference }),
      ...(text('note') === undefined ? {} : { note: text('note') }),
      ...(step === 'receive' ? { receivedAt: new Date().toISOString() } : {}),
    });
  };
  return (
    <Form layout="vertical" requiredMark={false} initialValues={proposed(claim, step)} onFinish={submit}>
      {fields.map((asked) => {
        const name = asked.replace('!', '') as Field;
        const label = t(`claim.field.${name}`);
        const isAmount = name === 'amount';
        const check = (_: unknown, text = '') =>
          (fenOf(text) ?? 0) > 0 ? Promise.resolve() : Promise.reject(new Error(t('claim.field.badAmount')));
        const rules = isAmount
          ? [{ validator: check }]
          : [{ required: asked.endsWith('!'), whitespace: true, message: label }];
        return (
          <Form.Item key={name} name={name} label={label} rules={rules}>
            <Input maxLength={name === 'note' ? 2_000 : 191} inputMode={isAmount ? 'decimal' : 'text'} />
          </Form.Item>
        );
      })}
      <DialogActions submit={t(`claim.act.${step}`)} busy={write.isPending} problem={write.error} onCancel={onDone} />
    </Form>
  );
}
