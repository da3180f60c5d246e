import type { EnvironmentName } from '../../../domain/environment-names.js';
import type { InterceptState } from '../../../domain/intercept/machine.js';
import type { Scope, UserRole } from '../../../domain/people/scopes.js';

export type { AfterSaleAnswer } from '../../api/schemas/after-sale.js';
export type {
  BillAnswer,
  BillSourceAnswer,
  MatchMonthAnswer,
  MatchRowAnswer,
} from '../../api/schemas/bill.js';
export type { BulkAnswer } from '../../api/schemas/bulk-answer.js';
export type { ClaimAnswer, ClaimDetailAnswer } from '../../api/schemas/claim.js';
export type { ConfigAnswer, ConfigChangesAnswer, ConfigRowAnswer } from '../../api/schemas/config.js';
export type { CourierChartAnswer } from '../../api/schemas/courier-chart.js';
export type { DecisionPreviewAnswer } from '../../api/schemas/decision-preview.js';
export type { DeliveryAnswer } from '../../api/schemas/delivery.js';
export type { FormFieldAnswer, FormsAnswer } from '../../api/schemas/form.js';
export type { ImportAnswer, ImportDetailAnswer, ImportRowAnswer } from '../../api/schemas/import.js';
export type { InterceptAnswer } from '../../api/schemas/intercept.js';
export type { InvoiceAnswer, InvoiceableAnswer } from '../../api/schemas/invoice.js';
export type { DriftAnswer, LaneAnswer, TooLateAnswer } from '../../api/schemas/lane.js';
export type { LedgerEntryAnswer } from '../../api/schemas/ledger-entry.js';
export type { OverviewAnswer } from '../../api/schemas/overview.js';
export type {
  AuditEntryAnswer,
  ChainCheckAnswer,
  NewTokenAnswer,
  SessionRowAnswer,
  TokenAnswer,
  UserAnswer,
} from '../../api/schemas/people.js';
export type { BacktestAnswer, PolicyAnswer, PolicyVersionAnswer, ShadowAnswer } from '../../api/schemas/policy.js';
export type { ReadTestAnswer } from '../../api/schemas/read-test.js';
export type { ReplayAnswer, ReplayItemAnswer, ReplayPreviewAnswer } from '../../api/schemas/replay.js';
export type { ReceiptAnswer, ReturnAnswer, ReturnDetailAnswer } from '../../api/schemas/return.js';
export type { ScorecardsAnswer } from '../../api/schemas/scorecard.js';
export type { ShopAnswer } from '../../api/schemas/shop.js';
export type { StatsAnswer } from '../../api/schemas/stats.js';
export type { LastStepAnswer } from '../../api/schemas/step.js';
export type { StoryAnswer } from '../../api/schemas/story.js';
export type { TariffAnswer } from '../../api/schemas/tariff.js';
export type {
  DigestAnswer,
  TasksDoneAnswer,
  WaitingAnswer,
  WaitingPageAnswer,
} from '../../api/schemas/waiting.js';

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
  /** Which installation this is. */
  readonly environment: EnvironmentName;
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
