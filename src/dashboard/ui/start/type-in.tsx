import { useMutation } from '@tanstack/react-query';
import { AutoComplete, Button, Form, Input } from 'antd';
import type { Rule } from 'antd/es/form';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { StartAnswer } from '../http/answers.js';
import { useFees, useShops } from '../http/catalogue.js';
import { call } from '../http/client.js';
import { fenOf } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';
import { ConfirmStart } from './confirm-start.js';
import { ParcelList } from './parcel-fields.js';
import { requestOf, type StartFields, type StartRequest } from './request.js';
import { StartResult } from './start-result.js';

/** A request typed in anew: for parcels that no platform has told us of. */
export function TypeIn({ waybillNo }: { readonly waybillNo: string }) {
  const { t } = useWords();
  const { mark } = useAct('start.preview');
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
      {start.data && <StartResult answer={start.data} />}
      <Form<StartFields>
        form={form}
        className="panel start"
        layout="vertical"
        initialValues={{ parcels: [waybillNo === '' ? {} : { waybillNo }] }}
        onFinish={check}
        scrollToFirstError
      >
        <div className="fields">
          <Form.Item name="shopId" label={t('start.shop')} rules={[required]}>
            <AutoComplete
              options={shops.map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
              maxLength={32}
            />
          </Form.Item>
          <Form.Item name="afterSaleId" label={t('start.afterSale')} rules={[required]}>
            <Input className="number" maxLength={191} />
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
        <Button type="primary" htmlType="submit" {...mark}>
          {t('start.submit')}
        </Button>
      </Form>
      {checked && (
        <ConfirmStart
          asked={checked}
          busy={start.isPending}
          problem={start.error}
          onClose={() => setChecked(null)}
          onConfirm={() => start.mutate(checked)}
        />
      )}
    </>
  );
}
