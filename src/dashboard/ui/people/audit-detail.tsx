import type { ConfigChangesAnswer } from '../http/answers.js';
import { ChangeList } from '../settings/change-list.js';
import { useWords } from '../texts/i18n.js';

type Changes = ConfigChangesAnswer['changes'];

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** Entries of the configuration hold the difference as a preview shows it. */
function changesOf(detail: unknown): Changes {
  const list = fieldOf(detail, 'changes');
  const isChange = (one: unknown): one is Changes[number] =>
    typeof fieldOf(one, 'section') === 'string' &&
    ['add', 'change', 'disable'].includes(String(fieldOf(one, 'action'))) &&
    Array.isArray(fieldOf(one, 'fields'));
  return Array.isArray(list) ? list.filter(isChange) : [];
}

/** A file that is applied for the first time changes everything: what is longer is opened by whoever wants it. */
const SHOWN_OPEN = 2;

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Before and after of one object, field by field: those that differ. */
function Difference({ before, after }: { readonly before: object; readonly after: object }) {
  const { t } = useWords();
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const different = names.filter((name) => shown(fieldOf(before, name)) !== shown(fieldOf(after, name)));
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t('config.change.field')}</th>
          <th scope="col">{t('config.change.from')}</th>
          <th scope="col">{t('config.change.to')}</th>
        </tr>
      </thead>
      <tbody>
        {different.map((name) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="before">{shown(fieldOf(before, name)) ?? '—'}</td>
            <td className="after">{shown(fieldOf(after, name)) ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What an entry says: why, what was before and after, and all of it for those who want it. */
export function AuditDetail({ detail }: { readonly detail: unknown }) {
  const { t } = useWords();
  const reason = fieldOf(detail, 'reason');
  const changes = changesOf(detail);
  const [before, after] = [fieldOf(detail, 'before'), fieldOf(detail, 'after')];
  const isEmpty = typeof detail !== 'object' || detail === null || Object.keys(detail).length === 0;
  if (isEmpty) return null;
  return (
    <>
      {typeof reason === 'string' && <p className="quote">{t('audit.reason', { reason })}</p>}
      {changes.length > 0 && (
        <details className="raw" open={changes.length <= SHOWN_OPEN}>
          <summary>{t('audit.changes', { count: changes.length })}</summary>
          <ChangeList changes={changes} />
        </details>
      )}
      {typeof before === 'object' && before !== null && typeof after === 'object' && after !== null && (
        <Difference before={before} after={after} />
      )}
      <details className="raw">
        <summary>{t('audit.raw')}</summary>
        <pre>{JSON.stringify(detail, null, 2)}</pre>
      </details>
    </>
  );
}
