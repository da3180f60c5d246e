import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { PolicyVersionAnswer } from '../http/answers.js';
import { useActor } from '../intercepts/actor.js';
import { shownValue } from '../settings/change-list.js';
import { useFieldWords } from '../settings/field-words.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { Moment } from '../time/moments.js';
import { ReasonDialog } from './reason-dialog.js';

interface VersionListProps {
  readonly id: string;
  /** The configuration's version, which a roll-back is made against. */
  readonly version: number;
  readonly items: readonly PolicyVersionAnswer[];
}

function Changes({ row }: { readonly row: PolicyVersionAnswer }) {
  const { t } = useWords();
  const words = useFieldWords();
  if (row.version === 1) return <p className="muted">{t('policy.versions.first')}</p>;
  return (
    <ul className="plain-list">
      {row.changes.map(({ field, from, to }) => (
        <li key={field}>
          {words.label(field)} <code className="key">{field}</code>:{' '}
          <span className="before">{shownValue(field, from)}</span> →{' '}
          <span className="after">{shownValue(field, to)}</span>
        </li>
      ))}
    </ul>
  );
}

function Version({
  row,
  isNewest,
  onBack,
}: {
  readonly row: PolicyVersionAnswer;
  readonly isNewest: boolean;
  readonly onBack: () => void;
}) {
  const { t, lang } = useWords();
  const { may, mark } = useAct('policies.rollback');
  const actor = useActor(row.by ?? '');
  return (
    <tr>
      <th scope="row">{row.version}</th>
      <td>
        <Moment at={row.at} />
      </td>
      <td>{row.by === null ? t('policy.versions.unknown') : actor}</td>
      <td>
        {row.note !== null && <p>{row.note}</p>}
        <Changes row={row} />
        <p className="muted">{sideIn(lang, row.sentence)}</p>
      </td>
      <td>
        {may && !isNewest && (
          <Button {...mark} onClick={onBack}>
            {t('policy.versions.back')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** Every version of a policy: whose it is, why, what it changed, and the way back to it. */
export function VersionList({ id, version, items }: VersionListProps) {
  const { t } = useWords();
  const [backTo, setBackTo] = useState<number | null>(null);
  return (
    <section className="panel" aria-labelledby="versions">
      <h2 id="versions">{t('policy.versions.title')}</h2>
      <div className="scroll">
        <table className="list">
          <thead>
            <tr>
              <th scope="col">{t('policy.versions.title')}</th>
              {(['at', 'actor', 'detail'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`audit.${name}`)}
                </th>
              ))}
              <th scope="col">{t('people.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((row, n) => (
              <Version key={row.version} row={row} isNewest={n === 0} onBack={() => setBackTo(row.version)} />
            ))}
          </tbody>
        </table>
      </div>
      {backTo !== null && (
        <ReasonDialog
          title={t('policy.versions.backTitle', { id, version: backTo })}
          means={t('policy.versions.backMeans')}
          submit={t('policy.versions.submit')}
          path={`/api/v1/policies/${id}/rollback`}
          body={{ version, to: backTo }}
          onClose={() => setBackTo(null)}
        />
      )}
    </section>
  );
}
