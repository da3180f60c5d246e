import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Pool } from 'undici';
import { z } from 'zod';
import { Database } from '../../src/domain/store/database.js';
import { median } from '../random.js';
import { message } from '../rig/messages.js';
import { startProduct } from '../rig/product.js';
import type { Findings } from '../rig/report.js';
import { forAll, waybills } from '../rig/requests.js';
import type { BenchServices } from '../rig/services.js';
import { ended } from '../rig/twin.js';

const BARE = join(import.meta.dirname, '../peers/express-body.js');
const READY = z.object({ port: z.int() });
const OUTSTANDING = 64;
const NOBODY = 'http://127.0.0.1:9';

type Message = ReturnType<typeof message>;

/** Posts all messages over kept connections, so many at a time, and says how many a second were taken. */
async function rateOf(origin: string, path: string, messages: readonly Message[]): Promise<number> {
  const pool = new Pool(origin, { connections: OUTSTANDING });
  const began = performance.now();
  await forAll(messages, OUTSTANDING, async ({ headers, body }) => {
    const answer = await pool.request({ method: 'POST', path, headers, body });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`${origin}${path} answered ${answer.statusCode}`);
  });
  const seconds = (performance.now() - began) / 1_000;
  await pool.close();
  return messages.length / seconds;
}

/** Signed webhooks, one event each: checked, kept in MySQL and answered, beside a route that only reads the body. */
export async function benchIntake(services: BenchServices, small: boolean): Promise<Findings> {
  const rounds = small ? 1 : 3;
  const count = small ? 1_000 : 5_000;
  const bare = spawn(process.execPath, [BARE], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line]: unknown[] = await once(createInterface({ input: bare.stdout }), 'line');
  const bareUrl = `http://127.0.0.1:${READY.parse(JSON.parse(String(line))).port}`;
  const product = await startProduct(services, ['web'], NOBODY);
  const raw: { round: number; bare: number; jiejian: number }[] = [];
  try {
    for (let round = -1; round < rounds; round += 1) {
      const rows = waybills(`76${round + 1}`, round < 0 ? 500 : count);
      const messages = rows.map((waybillNo) => message(waybillNo, product.secret));
      const jiejian = await rateOf(product.url, '/webhooks/generic/bench-shop', messages);
      const express = await rateOf(bareUrl, '/', messages);
      if (round >= 0) raw.push({ round, bare: express, jiejian });
    }
    const db = await Database.open({ url: services.databaseUrl });
    const [kept] = await db.rows<{ n: number }>('SELECT COUNT(*) AS n FROM inbox');
    await db.close();
    if (kept?.n !== 500 + rounds * count) throw new Error(`${kept?.n} events were kept of ${500 + rounds * count}`);
  } finally {
    await product.stop();
    bare.stdin.end();
    await ended(bare);
  }
  const bareRate = median(raw.map((one) => one.bare));
  return {
    bench: 'intake',
    columns: ['what', 'events /s', 'to the bare route'],
    rows: [
      ['Express, reads the body', bareRate, 1],
      [
        'Jiejian: signature, inbox, answer',
        median(raw.map((r) => r.jiejian)),
        median(raw.map((r) => r.jiejian / r.bare)),
      ],
    ],
    notes: [
      `medians of ${rounds} rounds of ${count} signed events, one a request, ${OUTSTANDING} outstanding; counted in the inbox afterwards`,
      'the sender shares the two cores with both',
    ],
    raw,
  };
}
