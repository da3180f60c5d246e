import type { ImportAnswer } from '../http/answers.js';
import { useShops } from '../http/catalogue.js';
import { ActorName } from '../parts/actor-name.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';
import { ImportStateMark } from './import-state.js';

/** Imports, newest first. */
export function ImportTable({ rows }: { readonly rows: readonly ImportAnswer[] }) {
  const { t } = useWords();
  const names = new Map(useShops().map(({ id, name }) => [id, name]));
  return (
    <div className="wide">
      <table className="list batches">
        <thead>
          <tr>
            <th scope="col">{t('import.column.file')}</th>
            <th scope="col">{t('import.column.shop')}</th>
            <th scope="col">{t('import.column.state')}</th>
            <th scope="col" className="figure">
              {t('import.column.rows')}
            </th>
            <th scope="col">{t('import.column.by')}</th>
            <th scope="col">{t('import.column.created')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((batch) => (
            <tr key={batch.id}>
              <td className="wrap">
                <Link to={`/imports/${batch.id}`}>{batch.fileName}</Link>
              </td>
              <td>{names.get(batch.shopId) ?? batch.shopId}</td>
              <td>
                <ImportStateMark state={batch.state} />
              </td>
              <td className="figure">{batch.rows.toLocaleString('en-US')}</td>
              <td className="wrap">
                <ActorName actor={batch.startedBy ?? batch.actor} />
              </td>
              <td>
                <Ago at={batch.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
