import { Form, Input, Radio } from 'antd';
import {
  type Resolution as Outcome,
  RESOLUTIONS,
  refusalOfResolution,
} from '../../../domain/intercept/person-steps.js';
import type { InterceptAnswer } from '../http/answers.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { useWords } from '../texts/i18n.js';
import type { StepSubject } from './step-dialog.js';
import { useStep } from './use-step.js';

interface ResolveDialogProps {
  readonly of: StepSubject;
  readonly onClose: () => void;
  readonly onDone: (now: InterceptAnswer) => void;
}

interface Resolution {
  readonly outcome: Outcome;
  readonly note: string;
  readonly evidence?: string;
}

const MOST_LETTERS = 2_000;

/** A person records what became of the parcel (contract section 5, `/resolve`). */
export function ResolveDialog({ of, onClose, onDone }: ResolveDialogProps) {
  const { t } = useWords();
  // What only the database knows is refused by the server, in words.
  const facts = { state: of.state, reason: 'ready', stoppedBefore: false, orderStands: false } as const;
  const outcomes = RESOLUTIONS.filter((outcome) => refusalOfResolution(outcome, facts) === null);
  const step = useStep<Resolution & { version: number }, InterceptAnswer>(
    'POST',
    `/api/v1/intercepts/${of.id}/resolve`,
    onDone,
  );
  const submit = ({ outcome, note, evidence = '' }: Resolution) => {
    const proof = evidence.trim();
    step.mutate({ outcome, note: note.trim(), version: of.version, ...(proof === '' ? {} : { evidence: proof }) });
  };
  return (
    <Dialog title={`${t('step.resolve.button').replace('…', '')} ${of.waybillNo}`} onClose={onClose}>
      <p>{t('step.resolve.what')}</p>
      <Form<Resolution> layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="outcome"
          label={t('step.resolve.outcome')}
          rules={[{ required: true, message: t('step.resolve.outcomeMissing') }]}
        >
          <Radio.Group
            className="outcomes"
            options={outcomes.map((value) => ({ value, label: t(`step.resolve.choice.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="note"
          label={t('step.resolve.note')}
          rules={[{ required: true, whitespace: true, message: t('step.resolve.noteMissing') }]}
        >
          <Input.TextArea rows={2} maxLength={MOST_LETTERS} />
        </Form.Item>
        <Form.Item name="evidence" label={t('step.resolve.evidence')}>
          <Input maxLength={MOST_LETTERS} />
        </Form.Item>
        <DialogActions
          submit={t('step.resolve.submit')}
          busy={step.isPending}
          problem={step.error}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}
