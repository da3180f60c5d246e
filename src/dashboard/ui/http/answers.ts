import type { InterceptState } from '../../../domain/intercept/machine.js';
import type { Scope, UserRole } from '../../../domain/people/scopes.js';
import type { Text } from '../texts/text.js';

export type { InterceptAnswer, InterceptDetailAnswer } from '../../api/schemas/intercept.js';
export type { LaneAnswer } from '../../api/schemas/lane.js';
export type { StatsAnswer } from '../../api/schemas/stats.js';

/** `{items, nextCursor}` of every list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface SessionUser {
  readonly id: string;
  readonly email: string;
  readonly role: UserRole;
  readonly shops: readonly string[] | null;
  readonly scopes: readonly Scope[];
}

/** `POST /api/auth/login`, `GET /api/auth/session`. */
export interface SessionAnswer {
  readonly user: SessionUser;
  readonly csrfToken: string;
}

/** A task (contract section 6). */
export interface TaskAnswer {
  readonly id: string;
  readonly kind: string;
  readonly interceptId: string;
  readonly waybillNo: string;
  readonly reason: string;
  readonly reasonText: Text;
  readonly nextStep: Text | string;
  readonly owner: string;
  readonly dueAt: string;
  readonly state: 'open' | 'done' | 'closed';
  readonly createdAt: string;
}

export const REPLAY_CLASSES = [
  'willSend',
  'readBackFirst',
  'alreadyIntercepted',
  'delivered',
  'withdrawn',
  'refusedForGood',
  'other',
] as const;

/** `POST /api/v1/replays` (contract section 6). */
export interface ReplayAnswer {
  readonly id: string;
  readonly total: number;
  readonly preview: Readonly<Record<(typeof REPLAY_CLASSES)[number], number>>;
  readonly feeEstimateFen: number;
}

/** `GET /api/v1/shops`. */
export type { ShopAnswer } from '../../api/schemas/shop.js';
/** `GET /api/v1/tariffs`. */
export type { TariffAnswer } from '../../api/schemas/tariff.js';
export type { AfterSaleAnswer } from '../../api/schemas/after-sale.js';

/** `POST /api/v1/intercepts`. */
export interface StartAnswer {
  readonly intercepts: readonly {
    readonly id: string;
    readonly waybillNo: string;
    readonly state: InterceptState;
    readonly reason: string;
  }[];
}
