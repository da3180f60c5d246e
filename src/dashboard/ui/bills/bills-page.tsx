import { Input } from 'antd';
import { useAct } from '../actions/use-act.js';
import { useCarriers } from '../http/catalogue.js';
import { ChoiceFilter } from '../parts/choice-filter.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { go, usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { type BillPlace, billsAddress, placeFrom, useBills } from './bill-queries.js';
import { BillTable } from './bill-table.js';
import { billerName } from './biller-name.js';
import { MatchPanel } from './match-panel.js';
import { UploadBill } from './upload-bill.js';

/** Bills of couriers and platforms against our records (R35). */
export function BillsPage() {
  const { t, lang } = useWords();
  const { search } = usePlace();
  const carriers = useCarriers();
  const { may } = useAct('bills.upload');
  const bills = useBills();
  const rows = bills.data?.items ?? [];
  const place = placeFrom(search, rows[0]?.source ?? carriers[0] ?? 'zto');
  const show = (change: Partial<BillPlace>) => go(billsAddress({ ...place, class: null, ...change }), 'replace');
  const sources = [...new Set([...carriers, ...rows.map(({ source }) => source), place.source])].sort();
  return (
    <>
      <PageHead title={t('bill.title')} about={t('bill.about')} />
      <search className="filters">
        <ChoiceFilter
          label={t('bill.source')}
          value={place.source}
          choices={sources.map((value) => ({ value, label: billerName(value, lang) }))}
          onChange={(source) => source !== undefined && show({ source })}
        />
        <Input
          key={place.period}
          className="filter"
          type="month"
          aria-label={t('bill.period')}
          defaultValue={place.period}
          onChange={({ target }) => target.value !== '' && show({ period: target.value })}
        />
      </search>
      {may && <UploadBill key={place.source} place={place} />}
      <MatchPanel place={place} />
      <div className="bar">
        <h2>{t('bill.list')}</h2>
        <Age readAt={bills.dataUpdatedAt} />
      </div>
      <Reading query={bills}>
        {rows.length === 0 ? <p className="reading">{t('bill.none')}</p> : <BillTable rows={rows} />}
      </Reading>
    </>
  );
}
