import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import type { AfterSaleAnswer, Page } from '../http/answers.js';
import { call } from '../http/client.js';
import { Reading } from '../parts/reading.js';
import { go } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { refreshEvery } from '../time/freshness.js';
import { KnownSale } from './known-sale.js';

/** More are not looked through by eye. */
const SHOWN = 10;

/** After-sales of an order, an after-sale or a waybill number. */
function useSales(q: string) {
  return useQuery({
    queryKey: ['after-sales', q],
    queryFn: () => call<Page<AfterSaleAnswer>>('GET', `/api/v1/after-sales?limit=${SHOWN}&q=${encodeURIComponent(q)}`),
    enabled: q !== '',
    refetchInterval: () => refreshEvery(),
  });
}

/** One box for any number, and what is known under it. */
export function FindKnown({ q }: { readonly q: string }) {
  const { t } = useWords();
  const sales = useSales(q);
  const find = (text: string) => go(text === '' ? '/start' : `/start?q=${encodeURIComponent(text)}`);
  return (
    <>
      <search className="filters">
        <Input.Search
          key={q}
          className="find"
          defaultValue={q}
          placeholder={t('start.find.label')}
          aria-label={t('start.find.label')}
          enterButton={t('start.find.button')}
          maxLength={191}
          onSearch={(text) => find(text.trim())}
        />
        {q !== '' && <Age readAt={sales.dataUpdatedAt} />}
      </search>
      {q !== '' && (
        <Reading query={sales}>
          {sales.data?.items.length === 0 && <NothingKnown q={q} />}
          <ul className="sales">
            {sales.data?.items.map((sale) => (
              <KnownSale key={sale.id} sale={sale} />
            ))}
          </ul>
          {sales.data?.nextCursor && <p className="muted">{t('start.find.many', { count: SHOWN })}</p>}
        </Reading>
      )}
    </>
  );
}

function NothingKnown({ q }: { readonly q: string }) {
  const { t } = useWords();
  return (
    <p className="reading" role="status">
      {t('start.find.none', { q })}{' '}
      <Button onClick={() => go(`/start?by=type&waybillNo=${encodeURIComponent(q)}`)}>{t('start.find.typeIt')}</Button>
    </p>
  );
}
