import { COURIER_SLUGS, type Courier } from '../../sandbox/scenario-couriers.js';
import type { Text } from './labels.js';

/** The frame's words for an order whose parcel was stopped: stopped, on its way back, back (the twins' READMEs). */
const STOPPED = ['stopped', 'returning', 'finished'] as const;

interface CourierFacts {
  readonly label: Text;
  /** Our id of the courier account; the courier pushes to /callbacks/<courier>/<this>. */
  readonly accountId: string;
  /** What one stopped parcel costs, fen (R31). */
  readonly feeFen: number;
  /** How the name of the endpoint that takes an order begins in the twin's ledger. */
  readonly createEndpoint: string;
  /** The twin's words for an order whose parcel was stopped. */
  readonly stopped: readonly string[];
  /** Switches of the twin beyond the pushes. */
  readonly switches: Readonly<Record<string, unknown>>;
}

/** The couriers of the demo with what differs between them. */
export const DEMO_COURIERS = {
  zto: {
    label: { zh: '中通', en: 'ZTO' },
    accountId: 'zto-main',
    feeFen: 300,
    createEndpoint: 'thirdcenter.createIntercept',
    stopped: ['INTERCEPT_SUCCESS', 'PACKAGE_DELIVERYING', 'INTERCEPT_DISCONTINUE'],
    switches: {},
  },
  yto: {
    label: { zh: '圆通', en: 'YTO' },
    accountId: 'yto-main',
    feeFen: 400,
    createEndpoint: 'open/wanted_report_adapter/',
    stopped: STOPPED,
    switches: {},
  },
  yunda: {
    label: { zh: '韵达', en: 'Yunda' },
    accountId: 'yunda-main',
    feeFen: 300,
    createEndpoint: 'openapi/outer/tmm/outerapi/intercept/invokeExpressChangeAddr',
    stopped: STOPPED,
    // The account says that its waybills are subscribed.
    switches: { showTracks: 'all' },
  },
} as const satisfies Record<Courier, CourierFacts>;

/** One value for every courier. */
export type ByCourier<T> = Readonly<Record<Courier, T>>;

/** Makes a value for every courier. */
export function byCourier<T>(make: (courier: Courier) => T): ByCourier<T> {
  return { zto: make('zto'), yto: make('yto'), yunda: make('yunda') };
}

/** The same, each made in its time; all at once. */
export async function eachCourier<T>(make: (courier: Courier) => Promise<T>): Promise<ByCourier<T>> {
  const [zto, yto, yunda] = await Promise.all([make('zto'), make('yto'), make('yunda')]);
  return { zto, yto, yunda };
}

/** Is this the endpoint at which one of the couriers takes orders? */
export function takesOrders(endpoint: string): boolean {
  return COURIER_SLUGS.some((courier) => endpoint.startsWith(DEMO_COURIERS[courier].createEndpoint));
}
