import { useShopName } from '../http/catalogue.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { courierName } from './couriers.js';

interface ParcelOpenerProps {
  readonly row: { readonly waybillNo: string; readonly carrier: string; readonly shopId: string };
  /** Where it opens. */
  readonly to: string;
}

/** A parcel by its number, which opens what is known of it, with courier and shop below. */
export function ParcelOpener({ row, to }: ParcelOpenerProps) {
  const { lang } = useWords();
  const shop = useShopName(row.shopId);
  return (
    <>
      <Link to={to} className="number">
        {row.waybillNo}
      </Link>
      <div className="below">
        {courierName(row.carrier, lang)} · {shop}
      </div>
    </>
  );
}
