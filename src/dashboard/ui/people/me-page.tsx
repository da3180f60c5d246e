import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { Page } from '../http/answers.js';
import { keepCsrfToken } from '../http/client.js';
import { useLive } from '../http/live.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Reading, Taken } from '../parts/reading.js';
import { useUser } from '../session/session.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { SessionList, type SessionRow } from './session-list.js';

interface Given {
  readonly current: string;
  readonly password: string;
}

const SHORTEST = 8;

function PasswordForm() {
  const { t } = useWords();
  const [form] = Form.useForm<Given>();
  const [done, setDone] = useState(false);
  const step = useStep<object, { readonly csrfToken: string }>('POST', '/api/auth/password', ({ csrfToken }) => {
    // The old session ended with the old password; this page goes on in a new one.
    keepCsrfToken(csrfToken);
    form.resetFields();
    setDone(true);
  });
  const required = { required: true, message: t('me.missing') };
  return (
    <section className="panel card own-password" aria-labelledby="own-password">
      <h2 id="own-password">{t('me.change')}</h2>
      {done && <Taken>{t('me.done')}</Taken>}
      {step.error && <ProblemAlert problem={step.error} />}
      <Form<Given>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ current, password }) => step.mutate({ current, password })}
      >
        <Form.Item name="current" label={t('me.current')} rules={[required]}>
          <Input type="password" autoComplete="current-password" maxLength={1_024} />
        </Form.Item>
        <Form.Item name="password" label={t('me.next')} rules={[required, { min: SHORTEST, message: t('me.short') }]}>
          <Input type="password" autoComplete="new-password" maxLength={1_024} />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('me.again')}
          dependencies={['password']}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: (_, text: string | undefined) =>
                !text || text === getFieldValue('password') ? Promise.resolve() : Promise.reject(t('me.differs')),
            }),
          ]}
        >
          <Input type="password" autoComplete="new-password" maxLength={1_024} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={step.isPending}>
          {t('me.submit')}
        </Button>
      </Form>
    </section>
  );
}

/** One's own account: the password, and where one is logged in. */
export function MePage() {
  const { t } = useWords();
  const user = useUser();
  const query = useLive<Page<SessionRow>>(['own-sessions'], '/api/auth/sessions');
  const shops = user.shops === null ? t('people.allShops') : user.shops.join(', ');
  return (
    <>
      <PageHead
        title={t('me.title')}
        about={`${user.email} · ${t('me.rights', { role: t(`frame.role.${user.role}`), shops })}`}
      />
      <PasswordForm />
      <section className="own-sessions" aria-labelledby="own-sessions">
        <h2 id="own-sessions">
          {t('me.sessions')} <Age readAt={query.dataUpdatedAt} />
        </h2>
        <Reading query={query}>
          <SessionList sessions={query.data?.items ?? []} base="/api/auth/sessions" mark={{}} mayEnd />
        </Reading>
      </section>
    </>
  );
}
