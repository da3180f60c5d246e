import type { Database } from '../../src/domain/store/database.js';

export interface PlantedStep {
  readonly event: string;
  readonly to: string;
}

export interface Planted {
  readonly id: string;
  readonly steps: readonly PlantedStep[];
  /** Columns of the intercept's row that differ from what its steps say. */
  readonly row?: Readonly<Record<string, string | number | Date | null>>;
  readonly sends?: readonly { readonly outcome: string | null; readonly epoch?: number; readonly requestId?: string }[];
  readonly fees?: readonly { readonly id: string; readonly amountFen?: number; readonly reverses?: string }[];
}

const AT = new Date('2026-11-22T10:00:00.000Z');

/** Writes an intercept with its history as the database would hold it, past every guard of the code: to plant faults. */
export async function plantIntercept(db: Database, planted: Planted): Promise<void> {
  const { id, steps } = planted;
  let epoch = 0;
  for (const [i, { event, to }] of steps.entries()) {
    if (event === 'claim') epoch += 1;
    await db.run(
      `INSERT INTO transition (intercept_id, version, epoch, from_state, event, to_state, actor, reason, at)
       VALUES (?, ?, ?, ?, ?, ?, 'system', 'ready', ?)`,
      [id, i + 1, epoch, steps[i - 1]?.to ?? null, event, to, AT],
    );
  }
  const row = {
    id,
    parcel_id: `p-${id}`,
    round: 1,
    shop_id: 'dy-main',
    platform: 'douyin',
    carrier: 'zto',
    channel: 'carrier',
    waybill_no: `w-${id}`,
    origin: 'event',
    request_id: `${id}-1`,
    state: steps.at(-1)?.to ?? 'held',
    reason: 'ready',
    decision: '{}',
    deadline_at: new Date('2026-11-23T10:00:00.000Z'),
    deadline_source: 'forecast',
    outcome_due_at: new Date('2026-11-25T10:00:00.000Z'),
    version: steps.length,
    epoch,
    created_at: AT,
    updated_at: AT,
    ...planted.row,
  };
  await db.run(`INSERT INTO intercept (${Object.keys(row).join(', ')}) VALUES (?)`, [Object.values(row)]);
  for (const [i, send] of (planted.sends ?? []).entries()) {
    await db.run(
      `INSERT INTO attempt (intercept_id, seq, kind, epoch, request_id, started_at, outcome) VALUES (?, ?, 'send', ?, ?, ?, ?)`,
      [id, i + 1, send.epoch ?? i + 1, send.requestId ?? `${id}-1`, AT, send.outcome],
    );
  }
  for (const [i, fee] of (planted.fees ?? []).entries()) {
    await db.run(
      `INSERT INTO ledger_entry (id, intercept_id, seq, kind, carrier, shop_id, amount_fen, tariff_from, reverses_id, posted_at)
       VALUES (?, ?, ?, ?, 'zto', 'dy-main', ?, ?, ?, ?)`,
      [
        fee.id,
        id,
        i + 1,
        fee.reverses ? 'reversal' : 'fee',
        fee.amountFen ?? 300,
        fee.reverses ? null : '2024-11-18',
        fee.reverses ?? null,
        AT,
      ],
    );
  }
}

/** `open held > release queued > claim submitting` as steps. */
export function stepsOf(text: string): PlantedStep[] {
  return text.split('>').map((part) => {
    const [event = '', to = ''] = part.trim().split(' ');
    return { event, to };
  });
}
