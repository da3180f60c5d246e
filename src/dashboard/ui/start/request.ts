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
  /** A person has seen the decision and confirmed (R20). */
  readonly release: true;
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
    release: true,
    ...amount('refundAmountFen', fields.refund),
    ...amount('paidAmountFen', fields.paid),
    parcels: (fields.parcels ?? []).map((parcel) => ({
      carrier: parcel.carrier?.trim() ?? '',
      waybillNo: parcel.waybillNo?.trim() ?? '',
      declaredValueFen: fenOf(parcel.value ?? '') ?? 0,
    })),
  };
}
