import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import type { ReplayPreviewAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { Reading } from '../parts/reading.js';
import { TypedCount } from '../parts/typed-count.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { momentText, spanText } from '../time/span.js';
import { PreviewTable } from './preview-table.js';

/** `filter` of `POST /api/v1/replays`. */
export interface ReplayFilter {
  readonly ids?: readonly string[];
  readonly state?: string;
  readonly carrier?: string;
  readonly shopId?: string;
  readonly reason?: string;
  readonly since?: string;
  readonly until?: string;
}

interface ReplayDialogProps {
  readonly filter: ReplayFilter;
  readonly onClose: () => void;
  readonly onStarted: (id: string) => void;
}

interface Ordered {
  readonly name: string;
  readonly perSecond: number;
}

const PATH = '/api/v1/replays';

/** Rates a person may choose, intercepts a second; 0: as fast as the lanes allow. */
const RATES = [1, 2, 5, 10, 20, 50, 0] as const;
const USUAL_RATE = 10;

/** What would happen to these intercepts; sends nothing. */
function usePreview(filter: ReplayFilter) {
  const body = { name: 'preview', filter, dryRun: true };
  return useQuery({
    queryKey: ['replay-preview', filter],
    queryFn: () => call<ReplayPreviewAnswer>('POST', PATH, body),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** A replay as a named batch: first what it would do and cost, then the doing at a chosen rate. */
export function ReplayDialog({ filter, onClose, onStarted }: ReplayDialogProps) {
  const { t, lang } = useWords();
  const [form] = Form.useForm<Ordered>();
  const preview = usePreview(filter);
  const willSend = preview.data?.preview.willSend ?? 0;
  const step = useStep<object, ReplayPreviewAnswer>('POST', PATH, ({ id }) => onStarted(id));
  const run = ({ name, perSecond }: Ordered) =>
    step.mutate({
      name: name.trim(),
      filter,
      dryRun: false,
      expectWillSend: willSend,
      ...(perSecond === 0 ? {} : { perSecond }),
    });
  const perSecond: number = Form.useWatch('perSecond', form) ?? USUAL_RATE;
  const name = t('replay.defaultName', { at: momentText(new Date().toISOString()).slice(0, 16) });
  const rates = RATES.map((value) => ({
    value,
    label: value === 0 ? t('replay.rateFull') : t('replay.ratePerSecond', { count: value }),
  }));
  return (
    <Dialog title={t('replay.title')} onClose={onClose}>
      <Reading query={preview}>{preview.data && <PreviewTable preview={preview.data} />}</Reading>
      {preview.data && <Age readAt={preview.dataUpdatedAt} />}
      <Form<Ordered>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name, perSecond: USUAL_RATE }}
        onFinish={run}
      >
        <Form.Item
          name="name"
          label={t('replay.name')}
          rules={[{ required: true, whitespace: true, message: t('replay.nameMissing') }]}
        >
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item
          name="perSecond"
          label={t('replay.rate')}
          extra={
            perSecond > 0 && willSend > 0 && t('replay.takes', { span: spanText((willSend * 1_000) / perSecond, lang) })
          }
        >
          <Select options={rates} />
        </Form.Item>
        <TypedCount count={willSend} />
        <DialogActions
          submit={t('replay.execute')}
          busy={step.isPending}
          disabled={preview.data === undefined}
          problem={step.error}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}
