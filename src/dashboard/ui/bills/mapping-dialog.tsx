import { Checkbox, Form, Input } from 'antd';
import type { BillSourceAnswer } from '../http/answers.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { billerName } from './biller-name.js';

type Mapping = BillSourceAnswer['mapping'];

interface Fields {
  readonly waybillNo: string;
  readonly amount: string;
  readonly chargedOn?: string;
  readonly lineNo?: string;
  readonly kindColumn?: string;
  readonly kindValues?: string;
  readonly fen?: boolean;
  readonly negative?: boolean;
}

const filled = (text: string | undefined) => text?.trim() || null;
const list = (text: string | undefined) =>
  (text ?? '')
    .split(/[,，]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

function mappingOf(fields: Fields): Mapping {
  const [column, values] = [filled(fields.kindColumn), list(fields.kindValues)];
  return {
    waybillNo: fields.waybillNo.trim(),
    amount: fields.amount.trim(),
    unit: fields.fen ? 'fen' : 'yuan',
    charge: fields.negative ? 'negative' : 'positive',
    chargedOn: filled(fields.chargedOn),
    lineNo: filled(fields.lineNo),
    kind: column === null || values.length === 0 ? null : { column, values },
  };
}

function fieldsOf(mapping: Mapping | null): Partial<Fields> {
  if (mapping === null) return {};
  const { kind, unit, charge, chargedOn, lineNo, waybillNo, amount } = mapping;
  return {
    waybillNo,
    amount,
    chargedOn: chargedOn ?? '',
    lineNo: lineNo ?? '',
    kindColumn: kind?.column ?? '',
    kindValues: kind?.values.join(', ') ?? '',
    fen: unit === 'fen',
    negative: charge === 'negative',
  };
}

const TEXT_FIELDS = ['waybillNo', 'amount', 'chargedOn', 'lineNo', 'kindColumn', 'kindValues'] as const;
const REQUIRED: readonly string[] = ['waybillNo', 'amount'];

interface MappingDialogProps {
  readonly source: string;
  readonly saved: Mapping | null;
  readonly onClose: () => void;
}

/** How the columns of a biller's files are read: said once, used for all of them. */
export function MappingDialog({ source, saved, onClose }: MappingDialogProps) {
  const { t, lang } = useWords();
  const write = useStep<Mapping>('PUT', `/api/v1/bill-sources/${source}`, onClose);
  const name = (field: (typeof TEXT_FIELDS)[number]) => t(`bill.mapping.${field}`);
  return (
    <Dialog title={t('bill.mapping.title', { source: billerName(source, lang) })} onClose={onClose}>
      <p>{t('bill.mapping.about')}</p>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={fieldsOf(saved)}
        onFinish={(fields) => write.mutate(mappingOf(fields))}
      >
        {TEXT_FIELDS.map((field) => (
          <Form.Item
            key={field}
            name={field}
            label={name(field)}
            rules={
              REQUIRED.includes(field) ? [{ required: true, whitespace: true, message: t('bill.mapping.missing') }] : []
            }
          >
            <Input maxLength={191} />
          </Form.Item>
        ))}
        {(['fen', 'negative'] as const).map((field) => (
          <Form.Item key={field} name={field} valuePropName="checked">
            <Checkbox>{t(`bill.mapping.${field}`)}</Checkbox>
          </Form.Item>
        ))}
        <DialogActions
          submit={t('bill.mapping.save')}
          busy={write.isPending}
          problem={write.error}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}
