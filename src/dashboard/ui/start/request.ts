import type { AfterSaleAnswer } from '../http/answers.js';
import { fenOf } from '../parts/money.js';

/** One parcel as it stands in the form; amounts in yuan, as people write them. */
export interface ParcelFields {
  readonly carrier?: string;
  readonly waybillNo?: string;
  readonly value?: string;
}

/** The form of starting by hand. */
export interface StartFields {
  readonly shopId?: string;
  readonly afterSaleId?: string;
  readonly orderId?: string;
  readonly refund?: string;
  readonly paid?: string;
  readonly parcels?: readonly ParcelFields[];
}

/** The body of `POST /api/v1/intercepts`; amounts in fen. */
export interface StartRequest {
  readonly shopId: string;
  readonly afterSaleId: string;
  readonly orderId: string;
  readonly type: 'refund_only';
  readonly refundAmountFen?: number;
  readonly paidAmountFen?: number;
  readonly parcels: readonly {
    readonly carrier: string;
    readonly waybillNo: string;
    readonly declaredValueFen: number;
  }[];
}

/** An amount left empty stays unknown: never zero, never full (R60). */
function amount<K extends string>(name: K, text: string | undefined): Partial<Record<K, number>> {
  const fen = fenOf(text ?? '');
  return fen === null ? {} : ({ [name]: fen } as Partial<Record<K, number>>);
}

/** A form that passed its checks as a request. */
export function requestOf(fields: StartFields): StartRequest {
  return {
    shopId: fields.shopId ?? '',
    afterSaleId: fields.afterSaleId?.trim() ?? '',
    orderId: fields.orderId?.trim() ?? '',
    type: 'refund_only',
    ...amount('refundAmountFen', fields.refund),
    ...amount('paidAmountFen', fields.paid),
    parcels: (fields.parcels ?? []).map((parcel) => ({
      carrier: parcel.carrier?.trim() ?? '',
      waybillNo: parcel.waybillNo?.trim() ?? '',
      declaredValueFen: fenOf(parcel.value ?? '') ?? 0,
    })),
  };
}

const yuanText = (fen: number | null): string => (fen === null ? '' : (fen / 100).toFixed(2));

/** What is known of an after-sale, for the form (R20). With one parcel its value is what the buyer paid. */
export function fieldsOf(known: AfterSaleAnswer): StartFields {
  const paid = yuanText(known.paidAmountFen);
  const parcels = known.parcels.map(({ carrier, waybillNo }) => ({ carrier, waybillNo }));
  return {
    shopId: known.shopId,
    orderId: known.orderId ?? '',
    refund: yuanText(known.refundAmountFen),
    paid,
    parcels: parcels.length === 1 ? parcels.map((parcel) => ({ ...parcel, value: paid })) : parcels,
  };
}
