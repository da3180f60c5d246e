import { Checkbox, Form, InputNumber } from 'antd';
import type { LaneAnswer } from '../http/answers.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { spanText } from '../time/span.js';

interface LimitsDialogProps {
  readonly lane: LaneAnswer;
  readonly name: string;
  readonly onClose: () => void;
}

interface Limits {
  readonly limited: boolean;
  readonly max: number;
  readonly perMs: number;
  readonly concurrency: number;
}

/** As the server takes them. */
const BOUNDS = {
  max: [1, 10_000],
  perMs: [10, 86_400_000],
  concurrency: [1, 1_000],
} as const satisfies Record<string, readonly [number, number]>;

/** Limits of a lane, changed while it runs: `PATCH /api/v1/lanes/{id} {rateLimit, concurrency}`. */
export function LimitsDialog({ lane, name, onClose }: LimitsDialogProps) {
  const { t, lang } = useWords();
  const [form] = Form.useForm<Limits>();
  const limited = Form.useWatch('limited', form) ?? lane.rateLimit !== null;
  const max = Form.useWatch('max', form);
  const perMs = Form.useWatch('perMs', form);
  const emptyInMs = limited && max > 0 && perMs > 0 ? (lane.waiting * perMs) / max : null;
  const step = useStep<Pick<LaneAnswer, 'rateLimit' | 'concurrency'>>('PATCH', `/api/v1/lanes/${lane.id}`, onClose);
  const field = (key: keyof typeof BOUNDS) => {
    const [min, max] = BOUNDS[key];
    return (
      <Form.Item
        name={key}
        label={t(`lane.edit.${key}`)}
        rules={[{ required: true, type: 'integer', min, max, message: t('lane.edit.number', { min, max }) }]}
      >
        <InputNumber min={min} max={max} precision={0} />
      </Form.Item>
    );
  };
  return (
    <Dialog title={t('lane.edit.title', { lane: name })} onClose={onClose}>
      <p>{t('lane.edit.what')}</p>
      <Form<Limits>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          limited: lane.rateLimit !== null,
          max: lane.rateLimit?.max ?? 20,
          perMs: lane.rateLimit?.perMs ?? 1_000,
          concurrency: lane.concurrency,
        }}
        onFinish={({ max, perMs, concurrency }) =>
          step.mutate({ rateLimit: limited ? { max, perMs } : null, concurrency })
        }
      >
        <Form.Item name="limited" valuePropName="checked">
          <Checkbox>{t('lane.edit.limited')}</Checkbox>
        </Form.Item>
        {limited && (
          <div className="fields">
            {field('max')}
            {field('perMs')}
          </div>
        )}
        {field('concurrency')}
        {lane.waiting > 0 && emptyInMs !== null && (
          <p role="status">{t('lane.edit.becomes', { count: lane.waiting, span: spanText(emptyInMs, lang) })}</p>
        )}
        <DialogActions submit={t('lane.edit.submit')} busy={step.isPending} problem={step.error} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
