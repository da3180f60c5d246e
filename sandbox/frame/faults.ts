import { z } from 'zod';
import type { Random } from './random.js';

/** Every way to misbehave, and whether the twin acts before the caller notices. README.md has what the caller sees. */
export const FAULT_KINDS = {
  http_error: { acts: false },
  answer: { acts: false },
  throttle: { acts: false },
  reset_before: { acts: false },
  hang_before: { acts: false },
  act_then_reset: { acts: true },
  act_then_hang: { acts: true },
  act_then_half_body: { acts: true },
  garbage: { acts: true },
  slow: { acts: true },
  act_late: { acts: true },
  drip: { acts: true },
  huge: { acts: true },
} as const satisfies Record<string, { readonly acts: boolean }>;
export type FaultKind = keyof typeof FAULT_KINDS;

const FAULT = z.strictObject({
  endpoint: z.string().min(1),
  kind: z.enum(Object.keys(FAULT_KINDS) as [FaultKind, ...FaultKind[]]),
  times: z.int().positive().optional(),
  waybillNo: z.string().optional(),
  afterSaleId: z.string().optional(),
  probability: z.number().min(0).max(1).default(1),
  delayMs: z.number().nonnegative().default(1000),
  status: z.int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
  bodyBase64: z.base64().optional(),
  bytes: z.int().positive().default(100_000_000),
});
export type FaultSpec = z.output<typeof FAULT>;

export interface Fault extends FaultSpec {
  readonly id: number;
  fired: number;
  /** null: until removed. */
  left: number | null;
}

/** The faults still to come. Ids never come back, so that ledger lines stay unambiguous. */
export class FaultBook {
  #faults: Fault[] = [];
  #lastId = 0;

  constructor(readonly random: Random) {}

  /** Throws a ZodError on a fault it does not understand. */
  add(body: unknown): number {
    const spec = FAULT.parse(body);
    this.#lastId += 1;
    this.#faults.push({ ...spec, id: this.#lastId, fired: 0, left: spec.times ?? null });
    return this.#lastId;
  }

  /** The oldest fault that fits this call, used up by one. */
  take(endpoint: string, subject: string | undefined): Fault | undefined {
    const fault = this.#faults.find(
      (f) => f.left !== 0 && fits(f, endpoint, subject) && (f.probability === 1 || this.random.chance(f.probability)),
    );
    if (fault !== undefined) spend(fault);
    return fault;
  }

  /** A ledger line says that this fault has hit before a restart. */
  restoreFired(id: number): void {
    const fault = this.#faults.find((f) => f.id === id);
    if (fault !== undefined) spend(fault);
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  clear(): number {
    const removed = this.#faults.length;
    this.#faults = [];
    return removed;
  }
}

function fits(fault: Fault, endpoint: string, subject: string | undefined): boolean {
  const aimedAt = fault.waybillNo ?? fault.afterSaleId;
  return (fault.endpoint === '*' || fault.endpoint === endpoint) && (aimedAt === undefined || aimedAt === subject);
}

function spend(fault: Fault): void {
  fault.fired += 1;
  if (fault.left !== null) fault.left -= 1;
}
