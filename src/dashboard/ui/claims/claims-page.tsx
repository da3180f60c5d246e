import { Button } from 'antd';
import { ALL_CLAIM_KINDS } from '../../../domain/claims/kinds.js';
import { CLAIM_STATES } from '../../../domain/claims/machine.js';
import { useAct } from '../actions/use-act.js';
import type { ClaimAnswer } from '../http/answers.js';
import { useList } from '../http/list.js';
import { LoadMore } from '../intercepts/load-more.js';
import { GoodsFilters } from '../parts/goods-filters.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { filterAddress, filtersOf } from '../place/address-filters.js';
import { go, usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { ClaimDialog } from './claim-dialog.js';
import { ClaimTable } from './claim-table.js';

const FILTERS = ['q', 'state', 'kind', 'carrier', 'shopId', 'overdue'];

/** Claims against couriers, from the draft to the money (R33, R52); filters and the open one stand in the address. */
export function ClaimsPage() {
  const { t, lang } = useWords();
  const { search } = usePlace();
  const filters = filtersOf(FILTERS, search);
  const open = search.get('open');
  const { may, mark } = useAct('claims.export');
  const { query, rows } = useList<ClaimAnswer>(['claims'], '/api/v1/claims', filters);
  const states = CLAIM_STATES.map((value) => ({ value, label: t(`claim.state.${value}`) }));
  const kinds = ALL_CLAIM_KINDS.map((value) => ({ value, label: t(`claim.kind.${value}`) }));
  return (
    <>
      <PageHead title={t('claim.title')} about={t('claim.about')} beside={<Age readAt={query.dataUpdatedAt} />} />
      <GoodsFilters
        words="claim"
        filters={filters}
        own={[
          { name: 'state', label: t('claim.filter.state'), choices: states },
          { name: 'kind', label: t('claim.filter.kind'), choices: kinds },
        ]}
        only={[{ value: 'overdue', label: t('claim.filter.overdue') }]}
        onChange={(next) => go(filterAddress('/claims', next))}
      />
      {may && (
        <div className="bar list-bar">
          <Button href={`/api/v1/claims.csv?${new URLSearchParams({ ...filters, lang })}`} download {...mark}>
            {t('claim.export')}
          </Button>
        </div>
      )}
      <Reading query={query}>
        {rows.length === 0 ? (
          <p className="reading">{t('claim.none')}</p>
        ) : (
          <ClaimTable rows={rows} addressOf={(id) => filterAddress('/claims', { ...filters, open: id })} />
        )}
        <LoadMore count={rows.length} query={query} />
      </Reading>
      {open !== null && <ClaimDialog id={open} onClose={() => go(filterAddress('/claims', filters))} />}
    </>
  );
}
