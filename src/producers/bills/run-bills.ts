import { newId } from '../../domain/ids.js';
import { UnreadableFile } from '../../domain/import/unreadable.js';
import { restartBill } from '../../domain/store/bill-line-store.js';
import { endBill, mappingOf, openBills } from '../../domain/store/bill-store.js';
import type { Database } from '../../domain/store/database.js';
import { chunksOf } from '../../domain/store/import-store.js';
import { holdLease, releaseLease } from '../../domain/store/lease-store.js';
import { surveyBytes } from '../import/survey.js';
import { readBillFile } from './read-bill.js';

/** Only one process reads a bill; longer than the largest takes, ms. */
const READING_MS = 600_000;

export interface BillDeps {
  readonly db: Database;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

const NO_MAPPING = {
  zh: '还没有说明该来源账单的列对应关系。请先保存，再重新上传。',
  en: 'nobody has said yet how the columns of this source are to be read. Save that, then upload the file again.',
};

/** Reads the bills that were uploaded whole, one after the other. true: there may be more to do. */
export async function runBills({ db, now, log }: BillDeps): Promise<boolean> {
  let worked = false;
  for (const bill of await openBills(db)) {
    const lease = `bill:${bill.id}`;
    const holder = newId();
    if (!(await holdLease(db, lease, holder, READING_MS))) continue;
    worked = true;
    try {
      const mapping = await mappingOf(db, bill.source);
      if (mapping === null) throw new UnreadableFile(NO_MAPPING);
      if (bill.format === 'csv') await surveyBytes(chunksOf(db, bill.id));
      // What a reader left behind that did not come to the end.
      await restartBill(db, bill.id);
      await readBillFile(db, { ...bill, mapping, bytes: chunksOf(db, bill.id) });
      await endBill(db, bill.id, null, now());
      log('bill.read', { id: bill.id, source: bill.source });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      await endBill(db, bill.id, error.why, now());
    } finally {
      await releaseLease(db, lease, holder);
    }
  }
  return worked;
}
