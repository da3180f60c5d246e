import { CarrierFault } from '../../../domain/carrier/fault.js';

/**
 * The signature over the very text that is sent, as a pure function. TODO: write it, and test it with values of the
 * courier's documents, not with values made by it. Until then nothing can leave. Throws CarrierFault('bad_request').
 */
export function sign__Slug__(_text: string, _secret: string): string {
  throw new CarrierFault('bad_request', 'the signature of __slug__ is not written, so nothing is sent');
}
