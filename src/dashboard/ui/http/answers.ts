import type { InterceptState } from '../../../domain/intercept/machine.js';
import type { Scope, UserRole } from '../../../domain/people/scopes.js';
import type { ReplayClass } from '../../../domain/replay/classify.js';

export type { AfterSaleAnswer } from '../../api/schemas/after-sale.js';
export type { InterceptAnswer, InterceptDetailAnswer } from '../../api/schemas/intercept.js';
export type { LaneAnswer } from '../../api/schemas/lane.js';
export type { ShopAnswer } from '../../api/schemas/shop.js';
export type { StatsAnswer } from '../../api/schemas/stats.js';
export type { TariffAnswer } from '../../api/schemas/tariff.js';
export type { TaskAnswer } from '../../api/schemas/task.js';

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

/** `POST /api/v1/replays` (contract section 6). Its schema lies among server code, so its shape is written down here. */
export interface ReplayPreviewAnswer {
  readonly id: string;
  readonly total: number;
  readonly preview: Readonly<Record<ReplayClass, number>>;
  readonly feeEstimateFen: number;
}

/** `GET /api/v1/replays/{id}`, as far as it is shown. */
export interface ReplayAnswer extends ReplayPreviewAnswer {
  readonly name: string;
  readonly state: 'previewed' | 'running' | 'done' | 'aborted';
  readonly toDo: number;
  readonly done: number;
  readonly failed: number;
}

/** `POST /api/v1/intercepts`. */
export interface StartAnswer {
  readonly intercepts: readonly {
    readonly id: string;
    readonly waybillNo: string;
    readonly state: InterceptState;
    readonly reason: string;
  }[];
}
