import { Button } from 'antd';
import { useState } from 'react';
import type { SessionRowAnswer } from '../http/answers.js';
import { Mark } from '../parts/mark.js';
import { ConfirmStep } from '../steps/confirm-step.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';

export type SessionRow = SessionRowAnswer & { readonly current?: boolean };

interface SessionListProps {
  readonly sessions: readonly SessionRow[];
  /** Where a session is ended: `<base>/<id>/end`. */
  readonly base: string;
  readonly mark: object;
  readonly mayEnd: boolean;
}

/** Sessions, each with its browser and its end. */
export function SessionList({ sessions, base, mark, mayEnd }: SessionListProps) {
  const { t } = useWords();
  const [ending, setEnding] = useState<SessionRow | null>(null);
  return (
    <>
      {sessions.length === 0 && <p className="reading">{t('people.session.none')}</p>}
      <div className="scroll">
        <table className="list people">
          <thead>
            <tr>
              <th scope="col">{t('people.email')}</th>
              <th scope="col">{t('people.session.agent')}</th>
              <th scope="col">{t('people.session.since')}</th>
              <th scope="col">{t('people.session.seen')}</th>
              <th scope="col">{t('people.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.id}>
                <th scope="row">
                  {session.email} {session.current && <Mark tone="good">{t('people.session.current')}</Mark>}
                </th>
                <td className="agent">{session.agent ?? t('people.session.unknown')}</td>
                <td>
                  <Ago at={session.loggedInAt} />
                </td>
                <td>
                  <Ago at={session.lastSeenAt} />
                </td>
                <td>
                  {mayEnd && !session.current && (
                    <Button size="small" {...mark} onClick={() => setEnding(session)}>
                      {t('people.session.end')}
                      <span className="unseen"> {session.email}</span>
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {ending && (
        <ConfirmStep
          path={`${base}/${ending.id}/end`}
          title={`${t('people.session.end')} ${ending.email}`}
          what={t('people.session.what', { email: ending.email })}
          submit={t('people.session.end')}
          danger
          onClose={() => setEnding(null)}
          onDone={() => setEnding(null)}
        />
      )}
    </>
  );
}
