import { Button } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { AfterSaleAnswer } from '../http/answers.js';
import { useShopName } from '../http/catalogue.js';
import { yuan } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';
import { ConfirmRelease } from './confirm-release.js';
import { SaleParcels } from './sale-parcels.js';

const NONE: ReadonlySet<string> = new Set();

/** One after-sale with its parcels: the person picks and starts (R18, R20). */
export function KnownSale({ sale }: { readonly sale: AfterSaleAnswer }) {
  const { t } = useWords();
  const { may, mark } = useAct('start.start');
  const title = useId();
  const shop = useShopName(sale.shopId);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE);
  const [checking, setChecking] = useState<readonly string[] | null>(null);
  const ids = sale.parcels.flatMap(({ interceptId }) =>
    interceptId !== null && chosen.has(interceptId) ? [interceptId] : [],
  );
  const amount = (fen: number | null) => (fen === null ? t('start.sale.unknown') : yuan(fen));
  const unknown = t('start.sale.unknown');
  return (
    <li className="panel sale" aria-labelledby={title}>
      <h2 id={title}>
        <span className="number">{t('start.sale.afterSale', { id: sale.afterSaleId })}</span>
      </h2>
      <dl className="sale-facts">
        <Fact name={t('start.shop')} text={shop} />
        <Fact name={t('start.sale.order')} text={sale.orderId ?? unknown} isNumber />
        <Fact name={t('start.sale.type.label')} text={sale.type ? t(`start.sale.type.${sale.type}`) : unknown} />
        <Fact name={t('start.sale.status.label')} text={t(`start.sale.status.${sale.status}`)} />
        <Fact name={t('start.sale.amounts')} text={`${amount(sale.refundAmountFen)} / ${amount(sale.paidAmountFen)}`} />
      </dl>
      <SaleParcels parcels={sale.parcels} chosen={chosen} onChange={setChosen} />
      {may && sale.parcels.length > 0 && (
        <div className="steps">
          <Button type="primary" {...mark} disabled={ids.length === 0} onClick={() => setChecking(ids)}>
            {t('start.sale.start')}
          </Button>
          <span role="status">{t('start.sale.chosen', { count: ids.length })}</span>
        </div>
      )}
      {checking && <ConfirmRelease ids={checking} onClose={() => setChecking(null)} />}
    </li>
  );
}

interface FactProps {
  readonly name: string;
  readonly text: string;
  readonly isNumber?: boolean;
}

function Fact({ name, text, isNumber = false }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={isNumber ? 'number' : ''}>{text}</dd>
    </div>
  );
}
