import { Form, Input } from 'antd';
import type { UserRole } from '../../../domain/people/scopes.js';
import type { UserAnswer } from '../http/answers.js';
import { Problem } from '../http/problem.js';
import { useActor } from '../intercepts/actor.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { RoleField, ShopsField, shopsOf } from './rights-fields.js';

interface Given {
  readonly email?: string;
  readonly role: UserRole;
  readonly shops?: readonly string[];
  readonly reason?: string;
}

export type NewUser = UserAnswer & { readonly password: string | null };

interface AddUserProps {
  readonly onDone: (user: NewUser) => void;
  readonly onClose: () => void;
}

/** A new user; his password is made by the server and shown once. */
export function AddUser({ onDone, onClose }: AddUserProps) {
  const { t } = useWords();
  const step = useStep<object, NewUser>('POST', '/api/v1/users', onDone);
  return (
    <Dialog title={t('people.add.button')} onClose={onClose}>
      <Form<Given>
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: 'viewer' }}
        onFinish={({ email, role, shops }) => step.mutate({ email: email?.trim(), role, shops: shopsOf(shops) })}
      >
        <Form.Item
          name="email"
          label={t('people.email')}
          rules={[{ required: true, whitespace: true, message: t('people.add.emailMissing') }]}
        >
          <Input type="email" autoComplete="off" maxLength={191} />
        </Form.Item>
        <RoleField />
        <ShopsField />
        <DialogActions submit={t('people.add.submit')} busy={step.isPending} problem={step.error} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}

/** Who was faster. */
function Faster({ problem }: { readonly problem: Problem }) {
  const { t } = useWords();
  const actor = useActor(problem.meanwhile[0]?.actor ?? '');
  return problem.meanwhile.length === 0 ? null : <p>{t('people.change.moved', { actor })}</p>;
}

interface ChangeUserProps {
  readonly user: UserAnswer;
  readonly onClose: () => void;
}

/** Another role, other shops; refused if somebody else has changed him since this list was read. */
export function ChangeUser({ user, onClose }: ChangeUserProps) {
  const { t } = useWords();
  const { email, role, shops, disabled } = user;
  const step = useStep<object>('PATCH', `/api/v1/users/${user.id}`, onClose);
  return (
    <Dialog title={t('people.change.title', { email })} onClose={onClose}>
      <Form<Given>
        layout="vertical"
        requiredMark={false}
        initialValues={{ role, shops: shops ?? [] }}
        onFinish={(given) =>
          step.mutate({
            role: given.role,
            shops: shopsOf(given.shops),
            was: { role, shops, disabled },
            reason: given.reason ?? null,
          })
        }
      >
        <RoleField />
        <ShopsField />
        <Form.Item name="reason" label={t('people.reason')}>
          <Input maxLength={500} />
        </Form.Item>
        {step.error instanceof Problem && <Faster problem={step.error} />}
        <DialogActions
          submit={t('people.change.submit')}
          busy={step.isPending}
          problem={step.error}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}
