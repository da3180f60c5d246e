import { Button } from 'antd';
import { ALL_RETURN_STATES } from '../../../domain/returns/states.js';
import { useAct } from '../actions/use-act.js';
import type { ReturnAnswer } from '../http/answers.js';
import { useList } from '../http/list.js';
import { LoadMore } from '../intercepts/load-more.js';
import { GoodsFilters } from '../parts/goods-filters.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { filterAddress, filtersOf } from '../place/address-filters.js';
import { go, usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { ReturnDialog } from './return-dialog.js';
import { ReturnTable } from './return-table.js';
import { Unclaimed } from './unclaimed.js';

const ONLY = ['overdue', 'refundedNotBack'] as const;
const FILTERS = ['q', 'state', 'carrier', 'shopId', ...ONLY];

/** Goods that come back, and what the warehouse booked of them (R75); filters and the open one stand in the address. */
export function ReturnsPage() {
  const { t, lang } = useWords();
  const { search } = usePlace();
  const filters = filtersOf(FILTERS, search);
  const open = search.get('open');
  const { may, mark } = useAct('returns.export');
  const { query, rows } = useList<ReturnAnswer>(['intercepts', 'returns'], '/api/v1/returns', filters);
  const states = ALL_RETURN_STATES.map((value) => ({ value, label: t(`return.state.${value}`) }));
  const csv = new URLSearchParams({ ...filters, lang });
  return (
    <>
      <PageHead title={t('return.title')} about={t('return.about')} beside={<Age readAt={query.dataUpdatedAt} />} />
      <GoodsFilters
        words="return"
        filters={filters}
        own={[{ name: 'state', label: t('return.filter.state'), choices: states }]}
        only={ONLY.map((value) => ({ value, label: t(`return.filter.${value}`) }))}
        onChange={(next) => go(filterAddress('/returns', next))}
      />
      {may && (
        <div className="bar list-bar">
          <Button href={`/api/v1/returns.csv?${csv}`} download {...mark}>
            {t('return.export')}
          </Button>
        </div>
      )}
      <Reading query={query}>
        {rows.length === 0 ? (
          <p className="reading">{t('return.none')}</p>
        ) : (
          <ReturnTable rows={rows} addressOf={(id) => filterAddress('/returns', { ...filters, open: id })} />
        )}
        <LoadMore count={rows.length} query={query} />
      </Reading>
      <Unclaimed />
      {open !== null && <ReturnDialog id={open} onClose={() => go(filterAddress('/returns', filters))} />}
    </>
  );
}
