import type { CarrierFact } from '../../../domain/carrier/port.js';

const NONE = 'nobody has looked yet';

const open = (fact: string): CarrierFact => ({
  fact,
  value: 'unknown',
  confidence: 'not documented',
  source: NONE,
});

/**
 * What is known of the courier's interface, and what is not; shown in docs/carriers.md. TODO: for each, the value, how sure
 * we are of it, and where it was read. What stays unknown stays here, with the setting that takes its place.
 */
export const __SLUG___FACTS: readonly CarrierFact[] = [
  open('Address of the intercept'),
  open('Signature'),
  open('Fields of the intercept, and which value means "back to the sender"'),
  open('Success'),
  open('Codes'),
  open('Idempotency, and the answer to a repeat'),
  open('Cancelling an intercept'),
  open('Query of the state of an intercept'),
  open('Window'),
  open('Track query, its words and the zone of its times'),
  open('A track without a scan'),
  open('Back at the sender'),
  open('Pushes: form, signature, acknowledgement, repeats'),
  open('Limits'),
  open('Upper and lower case in waybills'),
  open('Fee of an intercept'),
];
