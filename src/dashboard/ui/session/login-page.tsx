import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import type { SessionAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { Problem } from '../http/problem.js';
import { LanguageSwitch } from '../parts/language-switch.js';
import { useTitle } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { useWords } from '../texts/i18n.js';

interface LoginPageProps {
  readonly ended: boolean;
  readonly onLoggedIn: (answer: SessionAnswer) => void;
}

interface Credentials {
  readonly email: string;
  readonly password: string;
}

export function LoginPage({ ended, onLoggedIn }: LoginPageProps) {
  const { t } = useWords();
  useTitle(t('frame.login.title'));
  const login = useMutation({
    mutationFn: (given: Credentials) =>
      call<SessionAnswer>('POST', '/api/auth/login', { email: given.email.trim(), password: given.password }),
    onSuccess: onLoggedIn,
  });
  const waitS = login.error instanceof Problem ? login.error.retryAfterS : null;
  return (
    <main className="login">
      <div className="login-card">
        <h1>{t('frame.app')}</h1>
        {ended && !login.error && <Alert type="info" showIcon title={t('frame.login.ended')} />}
        {login.error && (
          <ProblemAlert problem={login.error}>
            {waitS !== null && <p>{t('frame.login.wait', { seconds: waitS })}</p>}
          </ProblemAlert>
        )}
        <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(given) => login.mutate(given)}>
          <Form.Item
            name="email"
            label={t('frame.login.email')}
            rules={[{ required: true, message: t('frame.login.emailMissing') }]}
          >
            <Input type="email" autoComplete="username" autoFocus maxLength={191} />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('frame.login.password')}
            rules={[{ required: true, message: t('frame.login.passwordMissing') }]}
          >
            <Input type="password" autoComplete="current-password" maxLength={1024} />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={login.isPending}>
            {t('frame.login.submit')}
          </Button>
        </Form>
        <LanguageSwitch />
      </div>
    </main>
  );
}
