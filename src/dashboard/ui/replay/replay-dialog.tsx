import { useQuery } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { REPLAY_CLASSES } from '../../../domain/replay/classify.js';
import type { ReplayPreviewAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { yuan } from '../parts/money.js';
import { Reading } from '../parts/reading.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { momentText } from '../time/span.js';

interface ReplayDialogProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onStarted: (id: string) => void;
}

interface Named {
  readonly name: string;
}

const PATH = '/api/v1/replays';

/** What would happen to these intercepts; sends nothing. */
function usePreview(ids: readonly string[]) {
  const body = { name: 'preview', filter: { ids }, dryRun: true };
  return useQuery({
    queryKey: ['replay-preview', ids],
    queryFn: () => call<ReplayPreviewAnswer>('POST', PATH, body),
    gcTime: 0,
    retry: false,
  });
}

/** A replay as a named batch: first what it would do and cost, then the doing. */
export function ReplayDialog({ ids, onClose, onStarted }: ReplayDialogProps) {
  const { t } = useWords();
  const preview = usePreview(ids);
  const step = useStep<object, ReplayPreviewAnswer>('POST', PATH, ({ id }) => onStarted(id));
  const run = ({ name }: Named) => step.mutate({ name: name.trim(), filter: { ids }, dryRun: false });
  const defaultName = t('replay.defaultName', { at: momentText(new Date().toISOString()).slice(0, 16) });
  return (
    <Dialog title={t('replay.title')} onClose={onClose}>
      <Reading query={preview}>{preview.data && <PreviewTable preview={preview.data} />}</Reading>
      {preview.data && <Age readAt={preview.dataUpdatedAt} />}
      <Form<Named> layout="vertical" requiredMark={false} initialValues={{ name: defaultName }} onFinish={run}>
        <Form.Item
          name="name"
          label={t('replay.name')}
          rules={[{ required: true, whitespace: true, message: t('replay.nameMissing') }]}
        >
          <Input maxLength={120} />
        </Form.Item>
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

function PreviewTable({ preview }: { readonly preview: ReplayPreviewAnswer }) {
  const { t } = useWords();
  const shown = REPLAY_CLASSES.filter((name) => name === 'willSend' || preview.preview[name] > 0);
  return (
    <>
      <p>{t('replay.total', { count: preview.total })}</p>
      <table className="plain">
        <tbody>
          {shown.map((name) => (
            <tr key={name}>
              <th scope="row">{t(`replay.class.${name}`)}</th>
              <td className="figure">{preview.preview[name]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('replay.fee', { fee: yuan(preview.feeEstimateFen) })}</p>
    </>
  );
}
