import { type InboxEvent, isRowsOwnFault } from '../../domain/store/inbox-store.js';

/**
 * What became of a request's events. `overloaded`: nothing is known to be kept, send it again later.
 * `refused`: the database will never take this event, however often it is sent.
 */
export type Stored = 'stored' | 'overloaded' | 'refused';

export interface GroupCommitOptions {
  /** Writes rows durably: resolves after the commit. */
  readonly insert: (rows: readonly InboxEvent[]) => Promise<void>;
  /** Something new may be in the inbox. */
  readonly onStored?: () => void;
  readonly onRefused?: (row: InboxEvent, error: unknown) => void;
  readonly onUnavailable?: (error: unknown) => void;
  /** Is the error about the row and not about the database? */
  readonly isRowsOwnFault?: (error: unknown) => boolean;
  readonly gatherMs?: number;
  readonly maxRows?: number;
  /** Bytes of one statement; below MariaDB's default `max_allowed_packet` of 16 MiB. */
  readonly maxBatchBytes?: number;
  readonly maxWaitingRows?: number;
  readonly maxWaitingBytes?: number;
  /** Latest answer after the arrival. The contract's limit is 2 s, network included. */
  readonly deadlineMs?: number;
  readonly writers?: number;
}

interface Entry {
  readonly rows: readonly InboxEvent[];
  readonly bytes: number;
  open: boolean;
  refused: boolean;
  settle(outcome: Stored): void;
}

const DEFAULTS = {
  gatherMs: 2,
  maxRows: 64,
  maxBatchBytes: 4 * 1024 * 1024,
  maxWaitingRows: 4096,
  maxWaitingBytes: 64 * 1024 * 1024,
  deadlineMs: 1_000,
  writers: 2,
} as const;

/**
 * Gathers the events of the last few milliseconds (while nothing is being written: of one turn of the event loop) into one
 * multi-row INSERT and answers all of them after its commit: full durability at a fraction of the commits (reference/reliability.md section 5). A batch that fails over one row is
 * halved down to that row, so that one bad event cannot fail its neighbours. Waiting room is bounded, and so is waiting.
 */
export class GroupCommit {
  private readonly options: Required<Omit<GroupCommitOptions, 'onStored' | 'onRefused' | 'onUnavailable'>> &
    Pick<GroupCommitOptions, 'onStored' | 'onRefused' | 'onUnavailable'>;
  private waiting: Entry[] = [];
  private waitingRows = 0;
  private waitingBytes = 0;
  private writing = 0;
  private timer: NodeJS.Timeout | undefined;
  private turn: NodeJS.Immediate | undefined;

  constructor(options: GroupCommitOptions) {
    this.options = { ...DEFAULTS, isRowsOwnFault, ...options };
  }

  /** Keeps all events of one request. Never rejects. */
  store(rows: readonly InboxEvent[]): Promise<Stored> {
    if (rows.length === 0) return Promise.resolve('stored');
    const bytes = rows.reduce((sum, row) => sum + row.payload.length, 0);
    const { maxWaitingRows, maxWaitingBytes } = this.options;
    if (this.waitingRows + rows.length > maxWaitingRows || this.waitingBytes + bytes > maxWaitingBytes) {
      return Promise.resolve('overloaded');
    }
    return new Promise((resolve) => {
      const deadline = setTimeout(() => entry.settle('overloaded'), this.options.deadlineMs);
      const entry: Entry = {
        rows,
        bytes,
        open: true,
        refused: false,
        settle(outcome) {
          if (!entry.open) return;
          entry.open = false;
          clearTimeout(deadline);
          resolve(outcome);
        },
      };
      this.waiting.push(entry);
      this.waitingRows += rows.length;
      this.waitingBytes += bytes;
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.waitingRows >= this.options.maxRows) this.flush();
    else if (this.writing === 0) this.turn ??= setImmediate(() => this.flush());
    else this.timer ??= setTimeout(() => this.flush(), this.options.gatherMs);
  }

  private flush(): void {
    clearTimeout(this.timer);
    clearImmediate(this.turn);
    this.timer = undefined;
    this.turn = undefined;
    while (this.writing < this.options.writers && this.waiting.length > 0) {
      const batch = this.takeBatch();
      if (batch.length > 0) void this.write(batch);
    }
  }

  /** Whole requests up to the size of a statement; those that gave up waiting are dropped unwritten. */
  private takeBatch(): Entry[] {
    const batch: Entry[] = [];
    let rows = 0;
    let bytes = 0;
    let taken = 0;
    for (const entry of this.waiting) {
      const full = rows + entry.rows.length > this.options.maxRows || bytes + entry.bytes > this.options.maxBatchBytes;
      if (batch.length > 0 && full) break;
      taken += 1;
      this.waitingRows -= entry.rows.length;
      this.waitingBytes -= entry.bytes;
      if (!entry.open) continue;
      batch.push(entry);
      rows += entry.rows.length;
      bytes += entry.bytes;
    }
    this.waiting = this.waiting.slice(taken);
    return batch;
  }

  private async write(batch: readonly Entry[]): Promise<void> {
    this.writing += 1;
    const owners = new Map<InboxEvent, Entry>();
    for (const entry of batch) for (const row of entry.rows) owners.set(row, entry);
    try {
      await this.insertHalving([...owners.keys()], owners);
      for (const entry of batch) entry.settle(entry.refused ? 'refused' : 'stored');
      this.options.onStored?.();
    } catch (error) {
      // The commit may have happened all the same: a second delivery then changes nothing.
      this.options.onUnavailable?.(error);
      for (const entry of batch) entry.settle('overloaded');
    } finally {
      this.writing -= 1;
      this.flush();
    }
  }

  /** Throws only what is the database's own trouble. */
  private async insertHalving(rows: readonly InboxEvent[], owners: ReadonlyMap<InboxEvent, Entry>): Promise<void> {
    try {
      await this.options.insert(rows);
    } catch (error) {
      if (!this.options.isRowsOwnFault(error)) throw error;
      const [only, ...others] = rows;
      if (only && others.length === 0) {
        const owner = owners.get(only);
        if (owner) owner.refused = true;
        this.options.onRefused?.(only, error);
        return;
      }
      const middle = rows.length >> 1;
      await this.insertHalving(rows.slice(0, middle), owners);
      await this.insertHalving(rows.slice(middle), owners);
    }
  }
}
