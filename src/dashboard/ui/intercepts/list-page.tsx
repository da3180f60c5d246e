import { useState } from 'react';
import { BulkBar } from '../bulk/bulk-bar.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { go, usePlace } from '../place/place.js';
import { useMay } from '../session/session.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { useChosenColumns } from './chosen-columns.js';
import { ColumnChooser } from './column-chooser.js';
import { ExportLink } from './export-link.js';
import { FilterBar } from './filter-bar.js';
import { addressOf, filtersFrom } from './filters.js';
import { useInterceptList } from './intercept-queries.js';
import { InterceptTable } from './intercept-table.js';
import { LoadMore } from './load-more.js';

const NONE: ReadonlySet<string> = new Set();

/** All intercepts (R40): found, looked through, taken away as a file, and treated many at once. */
export function InterceptListPage() {
  const { t } = useWords();
  const { search } = usePlace();
  const filters = filtersFrom(search);
  const list = useInterceptList(filters);
  const columns = useChosenColumns();
  const mayWrite = useMay('intercepts:write');
  const [ticked, setTicked] = useState(NONE);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  // A row that has left the list must not be treated unseen.
  const ids = rows.map((row) => row.id).filter((id) => ticked.has(id));
  return (
    <>
      <PageHead title={t('intercept.title')} beside={<Age readAt={list.dataUpdatedAt} />} />
      <FilterBar filters={filters} onChange={(next) => go(addressOf('/intercepts', next))} />
      <div className="bar list-bar">
        {mayWrite && <BulkBar ids={ids} filters={filters} onDone={() => setTicked(NONE)} />}
        <span className="list-tools">
          <ColumnChooser />
          <ExportLink filters={filters} />
        </span>
      </div>
      <Reading query={list}>
        <InterceptTable
          rows={rows}
          columns={columns}
          {...(mayWrite ? { selection: { ids: ticked, onChange: setTicked } } : {})}
        />
        <LoadMore count={rows.length} query={list} />
      </Reading>
    </>
  );
}
