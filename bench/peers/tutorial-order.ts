import { createHash } from 'node:crypto';
import { DataSource, EntitySchema } from 'typeorm';
import { TWIN_KEYS } from '../rig/twin.js';

/** What both tutorial programs share: three tables and one order, written as a tutorial writes them. */
export interface InterceptRow {
  id: string;
  waybillNo: string;
  state: string;
  createdAt: Date;
}
interface AttemptRow {
  id?: number;
  interceptId: string;
  code: string;
  body: string;
}
interface FeeRow {
  id?: number;
  interceptId: string;
  amountFen: number;
}

export const Intercept = new EntitySchema<InterceptRow>({
  name: 'tutorial_intercept',
  columns: {
    id: { type: 'varchar', length: 64, primary: true },
    waybillNo: { type: 'varchar', length: 64 },
    state: { type: 'varchar', length: 32 },
    createdAt: { type: 'datetime', precision: 3 },
  },
});
const Attempt = new EntitySchema<AttemptRow>({
  name: 'tutorial_attempt',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    interceptId: { type: 'varchar', length: 64 },
    code: { type: 'varchar', length: 64 },
    body: { type: 'text' },
  },
});
export const Fee = new EntitySchema<FeeRow>({
  name: 'tutorial_fee',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    interceptId: { type: 'varchar', length: 64 },
    amountFen: { type: 'int' },
  },
});

export function openTutorial(databaseUrl: string): Promise<DataSource> {
  const entities = [Intercept, Attempt, Fee];
  return new DataSource({ type: 'mysql', url: databaseUrl, entities, synchronize: true }).initialize();
}

/** The event: a row that waits. */
export async function keep(db: DataSource, waybillNo: string): Promise<string> {
  const id = `t-${waybillNo}`;
  await db.getRepository(Intercept).save({ id, waybillNo, state: 'queued', createdAt: new Date() });
  return id;
}

/** The job: the row is found, the courier called, and state, attempt and fee are saved in one transaction. */
export async function order(db: DataSource, courierUrl: string, id: string): Promise<void> {
  const row = await db.getRepository(Intercept).findOneByOrFail({ id });
  const { code, body } = await callCourier(courierUrl, row);
  await db.transaction(async (tx) => {
    await tx.getRepository(Intercept).save({ ...row, state: 'accepted' });
    await tx.getRepository(Attempt).save({ interceptId: row.id, code, body });
    await tx.getRepository(Fee).save({ interceptId: row.id, amountFen: 300 });
  });
}

/** The order in ZTO's format, signed as its documents say. */
async function callCourier(courierUrl: string, row: InterceptRow): Promise<{ code: string; body: string }> {
  const body = JSON.stringify({
    billCode: row.waybillNo,
    requestId: row.id,
    destinationType: 2,
    thirdBizNo: row.id,
  });
  const digest = createHash('md5')
    .update(body + TWIN_KEYS.appSecret)
    .digest('base64');
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-companyid': TWIN_KEYS.appKey,
    'x-datadigest': digest,
  };
  const answer = await fetch(`${courierUrl}/thirdcenter.createIntercept`, { method: 'POST', headers, body });
  const text = await answer.text();
  const { status, statusCode } = JSON.parse(text) as { status: boolean; statusCode: string };
  if (!status) throw new Error(`the courier refuses: ${text}`);
  return { code: statusCode, body: text };
}
