import { useMutation } from '@tanstack/react-query';
import { AutoComplete, Button, Form, Input } from 'antd';
import type { Rule } from 'antd/es/form';
import { useState } from 'react';
import type { StartAnswer } from '../http/answers.js';
import { useFees, useShops } from '../http/catalogue.js';
import { call } from '../http/client.js';
import { fenOf } from '../parts/money.js';
import { PageHead } from '../parts/page-head.js';
import { useWords } from '../texts/i18n.js';
import { ConfirmStart } from './confirm-start.js';
import { FillIn } from './fill-in.js';
import { ParcelList } from './parcel-fields.js';
import { fieldsOf, requestOf, type StartFields, type StartRequest } from './request.js';
import { StartResult } from './start-result.js';

const EMPTY: StartFields = { parcels: [{}] };

/** A person asks for an intercept and sees the parcels and the fee before (R20). */
export function StartPage() {
  const { t } = useWords();
  const [form] = Form.useForm<StartFields>();
  const shops = useShops();
  const fees = useFees();
  const [checked, setChecked] = useState<StartRequest | null>(null);
  const start = useMutation({
    mutationFn: (request: StartRequest) => call<StartAnswer>('POST', '/api/v1/intercepts', request),
    onSuccess() {
      setChecked(null);
      form.resetFields();
    },
  });
  const required: Rule = { required: true, whitespace: true, message: t('start.missing') };
  const amount: Rule = {
    validator: (_, text: string | undefined) =>
      (text ?? '') === '' || fenOf(text ?? '') !== null ? Promise.resolve() : Promise.reject(t('start.badAmount')),
  };
  const check = (fields: StartFields) => {
    start.reset();
    setChecked(requestOf(fields));
  };
  return (
    <>
      <PageHead title={t('start.title')} about={t('start.about')} />
      {start.data && <StartResult answer={start.data} />}
      <Form<StartFields>
        form={form}
        className="panel start"
        layout="vertical"
        initialValues={EMPTY}
        onFinish={check}
        scrollToFirstError
      >
        <div className="fields">
          <Form.Item name="afterSaleId" label={t('start.afterSale')} rules={[required]}>
            <Input className="number" maxLength={191} />
          </Form.Item>
          <FillIn
            wanted={() => form.getFieldsValue().afterSaleId?.trim() ?? ''}
            onKnown={(known) => form.setFieldsValue({ ...fieldsOf(known) })}
          />
        </div>
        <div className="fields">
          <Form.Item name="shopId" label={t('start.shop')} rules={[required]}>
            <AutoComplete
              options={shops.map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
              maxLength={32}
            />
          </Form.Item>
          <Form.Item name="orderId" label={t('start.order')} rules={[required]}>
            <Input className="number" maxLength={191} />
          </Form.Item>
        </div>
        <div className="fields">
          <Form.Item name="refund" label={t('start.refund')} rules={[amount]} extra={t('start.amountHint')}>
            <Input inputMode="decimal" maxLength={12} />
          </Form.Item>
          <Form.Item name="paid" label={t('start.paid')} rules={[amount]}>
            <Input inputMode="decimal" maxLength={12} />
          </Form.Item>
        </div>
        <ParcelList required={required} amount={amount} fees={fees} />
        <Button type="primary" htmlType="submit">
          {t('start.submit')}
        </Button>
      </Form>
      {checked && (
        <ConfirmStart
          request={checked}
          fees={fees}
          busy={start.isPending}
          problem={start.error}
          onClose={() => setChecked(null)}
          onConfirm={() => start.mutate(checked)}
        />
      )}
    </>
  );
}
