import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { Page, UserAnswer } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { Mark } from '../parts/mark.js';
import { Reading } from '../parts/reading.js';
import { useUser } from '../session/session.js';
import { ConfirmStep } from '../steps/confirm-step.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { Ago } from '../time/moments.js';
import { ShownOnce } from './shown-once.js';
import { AddUser, ChangeUser, type NewUser } from './user-dialogs.js';

type Open =
  | { readonly kind: 'change' | 'disable' | 'enable' | 'password'; readonly user: UserAnswer }
  | { readonly kind: 'add' };

interface Secret {
  readonly email: string;
  readonly password: string;
}

/** Who may log in. */
export function UsersPart() {
  const { t } = useWords();
  const add = useAct('people.add');
  const query = useLive<Page<UserAnswer>>(['people', 'users'], '/api/v1/users');
  const [open, setOpen] = useState<Open | null>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
  const close = () => setOpen(null);
  const told = (email: string, password: string | null) => {
    close();
    if (password !== null) setSecret({ email, password });
  };
  return (
    <>
      <p className="part-add">
        {add.may && (
          <Button type="primary" {...add.mark} onClick={() => setOpen({ kind: 'add' })}>
            {t('people.add.button')}
          </Button>
        )}{' '}
        <Age readAt={query.dataUpdatedAt} />
      </p>
      <Reading query={query}>
        <div className="scroll">
          <table className="list people">
            <thead>
              <tr>
                <th scope="col">{t('people.email')}</th>
                <th scope="col">{t('people.role')}</th>
                <th scope="col">{t('people.shops')}</th>
                <th scope="col">{t('people.state')}</th>
                <th scope="col">{t('people.created')}</th>
                <th scope="col">{t('people.actions')}</th>
              </tr>
            </thead>
            <tbody>
              {(query.data?.items ?? []).map((user) => (
                <UserRow key={user.id} user={user} onOpen={setOpen} />
              ))}
            </tbody>
          </table>
        </div>
      </Reading>
      {open?.kind === 'add' && <AddUser onClose={close} onDone={(user: NewUser) => told(user.email, user.password)} />}
      {open?.kind === 'change' && <ChangeUser user={open.user} onClose={close} />}
      {open && open.kind !== 'add' && open.kind !== 'change' && (
        <ConfirmStep<{ readonly password?: string }>
          path={`/api/v1/users/${open.user.id}/${open.kind}`}
          title={`${t(`people.${open.kind}.button`)} ${open.user.email}`}
          what={t(`people.${open.kind}.what`, { email: open.user.email, count: open.user.sessions })}
          submit={t(`people.${open.kind}.button`)}
          danger={open.kind !== 'enable'}
          onClose={close}
          onDone={({ password }) => told(open.user.email, password ?? null)}
        />
      )}
      {secret && (
        <ShownOnce
          title={secret.email}
          about={t('people.add.made', { email: secret.email })}
          secret={secret.password}
          onClose={() => setSecret(null)}
        />
      )}
    </>
  );
}

interface UserRowProps {
  readonly user: UserAnswer;
  readonly onOpen: (open: Open) => void;
}

function UserRow({ user, onOpen }: UserRowProps) {
  const { t } = useWords();
  const me = useUser();
  const acts = {
    change: useAct('people.change'),
    password: useAct('people.password'),
    disable: useAct('people.disable'),
    enable: useAct('people.enable'),
  } as const;
  const isMe = me.id === user.id;
  const button = (kind: keyof typeof acts): ReactNode =>
    acts[kind].may && (
      <Button key={kind} size="small" {...acts[kind].mark} onClick={() => onOpen({ kind, user })}>
        {t(`people.${kind}.button`)}
        <span className="unseen"> {user.email}</span>
      </Button>
    );
  return (
    <tr>
      <th scope="row">
        {user.email}
        {isMe && t('people.you')}
      </th>
      <td>{t(`frame.role.${user.role}`)}</td>
      <td className="number">{user.shops === null ? t('people.allShops') : user.shops.join(', ')}</td>
      <td>
        <Mark tone={user.disabled ? 'over' : 'good'}>{t(user.disabled ? 'people.disabled' : 'people.active')}</Mark>
        {user.sessions > 0 && (
          <span className="below">
            {t('people.sessions')} {t('people.times', { count: user.sessions })}
          </span>
        )}
      </td>
      <td>
        <Ago at={user.createdAt} />
      </td>
      <td>
        {!isMe && (
          <div className="row-actions">
            {button('change')}
            {button('password')}
            {button(user.disabled ? 'enable' : 'disable')}
          </div>
        )}
      </td>
    </tr>
  );
}
