import type { Expectation } from '../../sandbox/scenario.js';
import type { AfterSaleRow, ClaimRow, InterceptRow, LedgerRow, RefundRow, ReturnRow } from './api.js';
import type { BillFacts } from './bills.js';
import type { ByCourier } from './couriers.js';
import type { CallLine, PushLine } from './measures.js';
import type { Violation } from './product.js';

/** What the platforms' twins sent. `distinct` messages; the other deliveries are copies of one of them. */
export interface Sent {
  readonly distinct: number;
  readonly deliveries: number;
  readonly acknowledged: number;
}

/** What a courier's twin says of itself. */
export interface CourierSummary {
  readonly duplicateAccepts: number;
  readonly maxCreatesPerSecond: number;
  readonly badSignature: number;
  readonly badRequest: number;
  /** Parcels it stopped, by its own count. */
  readonly interceptedWaybills: number;
}

/** One courier: its own counts, the waybills it stopped, and what one stop costs, fen. */
export interface CourierSide {
  readonly summary: CourierSummary;
  readonly stopped: readonly string[];
  readonly feeFen: number;
}

/** Everything the table and its checks are made of, read after the last thing moved. */
export interface DemoFacts {
  readonly expected: readonly Expectation[];
  readonly sent: Sent;
  readonly afterSales: readonly AfterSaleRow[];
  readonly intercepts: readonly InterceptRow[];
  readonly ledger: readonly LedgerRow[];
  readonly refunds: readonly RefundRow[];
  readonly returns: readonly ReturnRow[];
  readonly claims: readonly ClaimRow[];
  /** What the platforms' twins paid on our word, fen. */
  readonly paidThere: readonly { readonly refunds: number; readonly fen: number }[];
  /** The couriers' bills and what the match says of them. */
  readonly billing: BillFacts;
  readonly violations: readonly Violation[];
  readonly couriers: ByCourier<CourierSide>;
  /** Calls of all couriers. */
  readonly calls: readonly CallLine[];
  readonly pushes: readonly PushLine[];
  /** Of each platform: our calls that it refused. */
  readonly platformsRefused: readonly { readonly badSignature: number; readonly badRequest: number }[];
  /** Orders a second each courier account allows. */
  readonly limitPerSecond: number;
}
