import type { ConfigChangesAnswer } from '../http/answers.js';
import { yuan } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';
import { useFieldWords } from './field-words.js';
import { isSection } from './parts.js';

type Change = ConfigChangesAnswer['changes'][number];

/** A value as people read it: money in yuan, nothing as a dash, the rest as it is written in the file. */
export function shownValue(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (field.endsWith('Fen') && typeof value === 'number') return yuan(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function ChangedRow({ change }: { readonly change: Change }) {
  const { t } = useWords();
  const words = useFieldWords();
  const { section, id, action, fields } = change;
  return (
    <li className={`change change-${action}`}>
      <h3>
        {t(`config.change.action.${action}`)} {isSection(section) ? t(`config.section.${section}`) : section}{' '}
        <span className="number">{id}</span>
      </h3>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('config.change.field')}</th>
            {action !== 'add' && <th scope="col">{t('config.change.from')}</th>}
            <th scope="col">{t('config.change.to')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ field, from, to, secret }) => (
            <tr key={field}>
              <th scope="row">
                {words.label(field)} <code className="key">{field}</code>
              </th>
              {secret ? (
                <td colSpan={action === 'add' ? 1 : 2}>{t('config.change.hidden')}</td>
              ) : (
                <>
                  {action !== 'add' && <td className="before">{shownValue(field, from)}</td>}
                  <td className="after">{shownValue(field, to)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </li>
  );
}

/** The difference that a change makes, row by row and field by field. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  const { t } = useWords();
  if (changes.length === 0) return <p className="reading">{t('config.change.nothing')}</p>;
  return (
    <ul className="changes">
      {changes.map((change) => (
        <ChangedRow key={`${change.section} ${change.id}`} change={change} />
      ))}
    </ul>
  );
}
