import type { Intercept } from '../../src/domain/intercept/intercept.js';
import type { Database } from '../../src/domain/store/database.js';
import type { JudgeEnv } from '../../src/domain/store/judgement.js';
import { type Report, recordReports } from '../../src/domain/store/report-store.js';

/** One report by itself, as a worker's desk writes many. */
export async function recordReport(
  db: Database,
  env: JudgeEnv,
  asked: Intercept,
  report: Report,
  now: Date,
): Promise<Intercept | null> {
  const [at] = await recordReports(db, env, [{ asked, report }], now);
  return at ?? null;
}
