import type { CarrierFact } from '../../../domain/carrier/port.js';

const SPEC = 'Standard Webhooks 1.0.0 (standardwebhooks.com)';
const OURS = 'docs/generic-webhook.md, which we wrote';

/** The wire format is ours; what is not is the specification that it is signed by. */
export const GENERIC_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Signature',
    value:
      'webhook-signature = v1,base64(HMAC-SHA256 of `webhook-id.webhook-timestamp.body`); several with spaces between',
    confidence: 'documented',
    source: SPEC,
  },
  { fact: 'Secret', value: '`whsec_` and base64, or any text', confidence: 'documented', source: `${SPEC}; ${OURS}` },
  {
    fact: 'Age of a message',
    value: 'five minutes at most, in either direction',
    confidence: 'documented',
    source: `${SPEC}; ${OURS}`,
  },
  { fact: 'Message id', value: 'webhook-id: the same id is the same message', confidence: 'documented', source: SPEC },
  {
    fact: 'Message',
    value: 'one JSON object of type after_sale that says all there is to say, parcels included',
    confidence: 'documented',
    source: OURS,
  },
  { fact: 'Money and time', value: 'integer fen; RFC 3339 with an offset', confidence: 'documented', source: OURS },
  {
    fact: 'Couriers',
    value: "our slugs, or the sender's own words by the shop's carrierAliases",
    confidence: 'documented',
    source: OURS,
  },
];
