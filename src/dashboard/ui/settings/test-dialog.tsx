import { Alert, Form, Input } from 'antd';
import type { ReadTestAnswer } from '../http/answers.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { durationText, momentText } from '../time/span.js';

interface TestDialogProps {
  readonly of: 'account' | 'shop';
  readonly id: string;
  readonly onClose: () => void;
}

const FORMS = {
  account: { path: 'accounts', main: 'waybillNo', mainLabel: 'waybill', more: 'phoneTail', moreLabel: 'phoneTail' },
  shop: { path: 'shops', main: 'afterSaleId', mainLabel: 'afterSale', more: 'orderId', moreLabel: 'order' },
} as const;

const TYPES = { found: 'success', empty: 'success', failed: 'error', not_made: 'warning' } as const;
const IS_MOMENT = /At$|^at$/;

/** What the courier or the platform said. */
function Outcome({ test }: { readonly test: ReadTestAnswer }) {
  const { t, lang } = useWords();
  const names: Readonly<Record<string, string>> = t('config.test.found', { returnObjects: true });
  const facts = Object.entries(test.found).filter(([, value]) => value !== null);
  return (
    <Alert
      type={TYPES[test.outcome]}
      showIcon
      role="status"
      title={`${t(`config.test.outcome.${test.outcome}`)} · ${t('config.test.took', { span: durationText(test.tookMs, lang) })}`}
      description={
        <>
          {test.fault !== null && (
            <p>
              {t(`config.test.fault.${test.fault}`)}
              {test.rawCode !== null && <code> {t('config.test.code', { code: test.rawCode })}</code>}
            </p>
          )}
          {test.text !== null && <p>{sideIn(lang, test.text)}</p>}
          {facts.length > 0 && (
            <dl className="facts">
              {facts.map(([key, value]) => (
                <div key={key}>
                  <dt>{names[key] ?? key}</dt>
                  <dd className="number">{IS_MOMENT.test(key) ? momentText(String(value)) : String(value)}</dd>
                </div>
              ))}
            </dl>
          )}
        </>
      }
    />
  );
}

/** Tries the stored keys with one read: never a write, whatever it finds. */
export function TestDialog({ of, id, onClose }: TestDialogProps) {
  const { t } = useWords();
  const { path, main, mainLabel, more, moreLabel } = FORMS[of];
  const step = useStep<object, ReadTestAnswer>('POST', `/api/v1/config/${path}/${id}/test`, () => undefined);
  const submit = (given: Readonly<Record<string, string | undefined>>) =>
    step.mutate({ [main]: given[main]?.trim(), [more]: given[more]?.trim() || null });
  return (
    <Dialog title={t(`config.test.${of}`, { id })} onClose={onClose}>
      <p>{t(`config.test.${of}What`)}</p>
      <Form layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name={main}
          label={t(`config.test.${mainLabel}`)}
          rules={[{ required: true, whitespace: true, message: t('me.missing') }]}
        >
          <Input autoComplete="off" maxLength={191} />
        </Form.Item>
        <Form.Item name={more} label={t(`config.test.${moreLabel}`)}>
          <Input autoComplete="off" maxLength={of === 'account' ? 4 : 191} />
        </Form.Item>
        {step.data && <Outcome test={step.data} />}
        <DialogActions submit={t('config.test.submit')} busy={step.isPending} problem={step.error} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
