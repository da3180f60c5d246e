import { Gatherer } from '../domain/gatherer.js';
import type { Intercept } from '../domain/intercept/intercept.js';
import { readyOf } from '../domain/intercept/ready.js';
import { type ClaimAnswer, recordAnswer, recordAnswers } from '../domain/store/answer-store.js';
import { type Claim, type ClaimOrder, claimForSend, claimTogether } from '../domain/store/claim-store.js';
import type { Database } from '../domain/store/database.js';
import { type TakenBack, takeAllBack } from '../domain/store/dispatch-store.js';
import { type HandOver, patient } from '../domain/store/hand-over.js';
import { findIntercepts } from '../domain/store/intercept-store.js';
import { type JudgeEnv, judgeIn } from '../domain/store/judgement.js';
import { orAlone } from '../domain/store/or-alone.js';
import { type GivenReport, recordReports } from '../domain/store/report-store.js';

/** More jobs a batch gain little and hold their locks longer; the second goes on while one waits for a lock. */
const BATCHES = { most: 50, sideBySide: 2 } as const;

/** A claim's order, with the parcel that is judged before it. */
export type DeskOrder = ClaimOrder & Pick<Intercept, 'parcelId'>;

/**
 * Where the jobs of one process meet the database: what they read, claim and write down at the same moment shares its
 * statements and its commit, and each still waits for its own (design.md step 6). What cannot be done together is done
 * alone, and so is everybody's when a batch fails over one of them.
 */
export class Desk {
  private readonly reads: Gatherer<string, Intercept | null>;
  private readonly claims: Gatherer<DeskOrder, Claim | null | 'alone'>;
  private readonly answers: Gatherer<ClaimAnswer, Intercept | null>;
  private readonly reports: Gatherer<GivenReport, Intercept | null>;
  private readonly backs: Gatherer<TakenBack, null>;

  constructor(
    private readonly db: Database,
    private readonly env: () => JudgeEnv,
    private readonly now: () => Date,
    /** What becomes of rows that a report's judgement makes ready. */
    private readonly handOver: HandOver = patient(env),
  ) {
    this.reads = new Gatherer(async (ids) => {
      const rows = await findIntercepts(db, ids);
      return ids.map((id) => rows.get(id) ?? null);
    }, BATCHES);
    this.claims = new Gatherer((orders) => claimTogether(db, env(), orders, now()), BATCHES);
    this.answers = new Gatherer((answers) => recordAnswers(db, answers, now()), BATCHES);
    this.reports = new Gatherer((reports) => this.record(reports), BATCHES);
    this.backs = new Gatherer(async (rows) => {
      await takeAllBack(db, rows);
      return rows.map(() => null);
    }, BATCHES);
  }

  /** The row as it is now; null: it is gone. */
  read(id: string): Promise<Intercept | null> {
    return this.reads.add(id);
  }

  /** The right to send once, committed (store/claim-store.ts). null: the row is no longer this job's to send. */
  async claim(order: DeskOrder): Promise<Claim | null> {
    const alone = () => {
      const judgeFirst = (tx: Parameters<typeof judgeIn>[0]) =>
        judgeIn(tx, this.env(), order.parcelId, 'system', this.now());
      return claimForSend(this.db, order, order.leaseMs, this.now(), judgeFirst);
    };
    const claim = await orAlone(this.claims.add(order), alone);
    return claim === 'alone' ? alone() : claim;
  }

  /** Writes an answer down; returns the row as it is now, null when it moved nothing. */
  answer(given: ClaimAnswer): Promise<Intercept | null> {
    return orAlone(this.answers.add(given), () => recordAnswer(this.db, given.claim, given.answer, this.now()));
  }

  /** Gives a job's row back: its lane is closed, or no slot came. `nextAt` puts it off. A lane that closes gives back many. */
  async takeBack({ id, dispatch }: Pick<TakenBack, 'id' | 'dispatch'>, nextAt: Date | null = null): Promise<void> {
    await this.backs.add({ id, dispatch, nextAt });
  }

  /** Writes down what a question about a row brought; returns the row as it is now, null when it is gone. */
  report(given: GivenReport): Promise<Intercept | null> {
    return orAlone(this.reports.add(given), async () => (await this.record([given]))[0] ?? null);
  }

  private async record(reports: readonly GivenReport[]): Promise<readonly (Intercept | null)[]> {
    const { env, onReady } = this.handOver;
    const now = this.now();
    const rows = await recordReports(this.db, env(), reports, now);
    await onReady(
      readyOf(
        rows.filter((row) => row !== null),
        now,
      ),
    );
    return rows;
  }
}
