import type { Expectation } from '../../sandbox/scenario.js';
import type { AfterSaleRow, InterceptRow, LedgerRow } from './api.js';
import type { CallLine, PushLine } from './measures.js';
import type { Violation } from './product.js';

/** What the platform's twin sent. `distinct` messages; the other deliveries are copies of one of them. */
export interface Sent {
  readonly distinct: number;
  readonly deliveries: number;
  readonly acknowledged: number;
}

/** What the courier's twin says of itself. */
export interface CourierSummary {
  readonly duplicateAccepts: number;
  readonly maxCreatesPerSecond: number;
  readonly badSignature: number;
  readonly badRequest: number;
}

/** Everything the table and its checks are made of, read after the last thing moved. */
export interface DemoFacts {
  readonly expected: readonly Expectation[];
  readonly sent: Sent;
  readonly afterSales: readonly AfterSaleRow[];
  readonly intercepts: readonly InterceptRow[];
  readonly ledger: readonly LedgerRow[];
  readonly violations: readonly Violation[];
  readonly courier: CourierSummary;
  /** Waybills the courier's twin stopped. */
  readonly stopped: readonly string[];
  readonly calls: readonly CallLine[];
  readonly pushes: readonly PushLine[];
  readonly platformRefused: { readonly badSignature: number; readonly badRequest: number };
  /** Orders a second the courier account allows. */
  readonly limitPerSecond: number;
  /** What one stop costs, fen. */
  readonly feeFen: number;
}
