import type { NamedParcel } from '../../../domain/aftersale/after-sale.js';
import { sha256 } from '../../../domain/ids.js';
import {
  type EventEnvelope,
  type PlatformEvent,
  type RawWebhook,
  UnreadableEvent,
} from '../../../domain/platform/port.js';
import { fieldsAt, parseJson, stated, textAt } from '../fields.js';
import { complaintOf, GENERIC_MESSAGE, type GenericMessage, type GenericParcel } from './schema.js';

/** What the inbox can hold as a key; any other message id is replaced by a hash. */
const USABLE_MESSAGE_ID = /^[\x21-\x7e]{1,128}$/;
const TYPE_NAME = /^[A-Za-z0-9_.]{1,64}$/;

/** The one envelope of a message: its bytes as text, known by `webhook-id`. Never throws. */
export function envelopesOf({ body, headers }: Pick<RawWebhook, 'body' | 'headers'>): readonly EventEnvelope[] {
  const payload = Buffer.from(body).toString('utf8');
  const id = headers['webhook-id'];
  const eventId = id !== undefined && USABLE_MESSAGE_ID.test(id) ? id : sha256(body);
  return [{ eventId, payload }];
}

/** Where no value is stated, what the buyer paid is the most that the goods can have cost him. */
function parcelOf(parcel: GenericParcel, paidFen: number | undefined): NamedParcel {
  const { carrier, carrierName, waybillNo, declaredValueFen = paidFen, pickedUpAt, freight } = parcel;
  return {
    rawCarrier: carrier,
    rawCarrierName: carrierName ?? null,
    waybillNo,
    ...(declaredValueFen === undefined ? {} : { declaredValueFen }),
    ...(pickedUpAt === undefined ? {} : { pickedUpAt }),
    ...(freight === undefined ? {} : { freight }),
  };
}

function eventOf(message: GenericMessage): PlatformEvent {
  const { afterSaleId, paidAmountFen } = message;
  return {
    kind: 'after_sale',
    afterSaleId,
    update: {
      atMs: message.updatedAt.getTime(),
      facts: stated({
        orderId: message.orderId,
        type: message.refundType,
        status: message.status,
        refundAmountFen: message.refundAmountFen,
        paidAmountFen,
        refundPostFen: message.refundPostFen,
        paidPostFen: message.paidPostFen,
        category: message.category,
        reason: message.reason,
        platformDeadlineMs: message.deadlineAt?.getTime(),
        appliedAtMs: message.appliedAt?.getTime(),
      }),
    },
    arbitration: false,
    parcels: message.parcels.map((parcel) => parcelOf(parcel, paidAmountFen)),
  };
}

/** Understands one message. It says all there is to say, parcels included. Throws UnreadableEvent that names the field. */
export function readMessage(payload: string): PlatformEvent {
  const fields = fieldsAt(parseJson(payload, 'the message'), 'the message');
  const type = textAt(fields, 'type');
  if (type === undefined) throw new UnreadableEvent('type is missing');
  if (type !== 'after_sale') {
    return { kind: 'ignored', why: `the type ${TYPE_NAME.test(type) ? type : 'of this name'} is not after_sale` };
  }
  const parsed = GENERIC_MESSAGE.safeParse(fields);
  if (!parsed.success) throw new UnreadableEvent(complaintOf(parsed.error));
  return eventOf(parsed.data);
}
