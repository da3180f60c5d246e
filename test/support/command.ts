import type { InterceptCommand } from '../../src/domain/carrier/port.js';

/** An order as a worker gives it to an adapter; what a test does not care about is what most couriers never ask for. */
export function commandOf(given: Pick<InterceptCommand, 'waybillNo'> & Partial<InterceptCommand>): InterceptCommand {
  return {
    carrier: 'zto',
    asKnownThere: null,
    carrierRef: null,
    returnAddress: null,
    requestId: 'ic-1-1',
    bizNo: 'ic-1-1',
    phoneTail: null,
    ...given,
  };
}
