import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { REAL_BOOK } from '../../support/picture.js';
import { Erp } from '../../support/requests.js';
import { until } from '../../support/until.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

let rig: WebRig;
let erp: Erp;
let reader: string;
let finance: string;
beforeAll(async () => {
  rig = await webRig();
  erp = new Erp(rig.db, { settings: TWO_SHOPS, book: REAL_BOOK });
  reader = await rig.token(['intercepts:read']);
  finance = await rig.token(['intercepts:read', 'money:read']);
});
afterAll(() => rig.close());

async function csv(query = '', as = finance, headers = {}) {
  const answer = await fetch(`${rig.url}/api/v1/intercepts.csv${query}`, {
    headers: { authorization: as, ...headers },
  });
  // Not `text()`, which would drop the byte order mark.
  const bytes = Buffer.from(await answer.arrayBuffer());
  const text = bytes.toString('utf8');
  return { answer, bytes, text, rows: parse(text, { columns: true, bom: true }) as Record<string, string>[] };
}

const LONG = '4835804142146999901';

describe('the export', () => {
  it('is a file of UTF-8 with its mark, with heads in the language asked for', async () => {
    await erp.askForOne();
    const zh = await csv();
    expect(zh.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(zh.answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(zh.answer.headers.get('content-disposition')).toMatch(/^attachment; filename="intercepts-[\dTZ]+\.csv"$/);
    expect(zh.text.slice(1)).toMatch(/^拦截编号,运单号,/);
    expect((await csv('', finance, { 'accept-language': 'en-GB,zh;q=0.5' })).text).toContain('Intercept,Waybill,');
    expect((await csv('?lang=zh', finance, { 'accept-language': 'en' })).text).toContain('运单号');
  });

  it('stands in the audit chain with who took which part of the list (S26)', async () => {
    await csv('?carrier=zto');
    const [entry] = await rig.db.rows<{ actor: string; detail: string }>(
      "SELECT actor, detail FROM audit WHERE action = 'intercepts_exported' ORDER BY id DESC LIMIT 1",
    );
    expect([entry?.actor, JSON.parse(entry?.detail ?? '')]).toEqual(['token:erp', { carrier: 'zto' }]);
  });

  it('keeps numbers of 19 digits and leading zeros whole: they are text to a spreadsheet, not a number', async () => {
    const parcels = [{ carrier: 'zto', waybillNo: '0123456789', declaredValueFen: 8_900, pickedUpAt: new Date() }];
    const { id } = await erp.askForOne({ orderId: LONG, afterSaleId: '7000893114000940999', parcels });
    const { rows, text } = await csv(`?q=${LONG}&lang=en`);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      Waybill: '0123456789\t',
      Orders: `${LONG}\t`,
      'After-sales': '7000893114000940999\t',
    });
    expect(text).toContain(id);
    // A cell of digits alone is a number to a spreadsheet.
    expect(text).not.toMatch(new RegExp(`(^|,)"?${LONG}"?(,|\r)`));
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://x","y")', '＝1+1'])(
    'lets no cell begin as a formula: %s',
    async (evil) => {
      const parcels = [{ carrier: evil, waybillNo: evil, declaredValueFen: 100 }];
      await erp.askForOne({ orderId: evil, parcels });
      const { rows } = await csv(`?q=${encodeURIComponent(evil)}&lang=en`);
      expect(rows.length).toBeGreaterThan(0);
      for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
      expect(rows[0]?.Orders).toBe(`'${evil}`);
    },
  );

  it('shows amounts only to who may see money', async () => {
    await erp.askForOne({ orderId: 'MONEY-1' });
    expect((await csv('?q=MONEY-1&lang=en')).rows[0]).toMatchObject({ 'Goods (CNY)': '89.00', 'Fee (CNY)': '0.00' });
    const [row] = (await csv('?q=MONEY-1&lang=en', reader)).rows;
    expect(Object.keys(row ?? {}).filter((head) => head.includes('CNY'))).toEqual([]);
  });

  it('takes the filters of the list, and holds nothing of another shop', async () => {
    await erp.askForOne({ shopId: 'dy-main', orderId: 'MINE-1' });
    const mine = await rig.token(['intercepts:read'], ['dy-two']);
    expect((await csv('?q=MINE-1', mine)).rows).toEqual([]);
    expect((await csv('?q=MINE-1&state=queued')).rows).toHaveLength(1);
    expect((await csv('?q=MINE-1&state=held')).rows).toEqual([]);
    expect((await csv('?q=MINE-1&minValueFen=9000')).rows).toEqual([]);
    expect((await csv('?q=MINE-1&minValueFen=8900&maxValueFen=8900&platform=douyin')).rows).toHaveLength(1);
    const bad = await fetch(`${rig.url}/api/v1/intercepts.csv?minValueFen=dear`, {
      headers: { authorization: finance },
    });
    expect(bad.status).toBe(422);
  });
});

describe('a long export', () => {
  const MANY = 1_203;
  beforeAll(async () => {
    const { id } = await erp.askForOne({ orderId: 'SEED' });
    const ids = Array.from({ length: MANY }, (_, n) => `01zz${String(n).padStart(22, '0')}`);
    await rig.db.run(
      `CREATE TABLE seed (id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin,
         waybill VARCHAR(26) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)`,
    );
    await rig.db.run('INSERT INTO seed VALUES ?', [ids.map((id) => [id, id])]);
    await rig.db.run(
      `INSERT INTO parcel (id, carrier, waybill_no, raw_carrier, mapped, created_at)
       SELECT s.id, 'zto', s.waybill, 'zto', 1, NOW(3) FROM seed s`,
    );
    await rig.db.run(
      `INSERT INTO intercept (id, parcel_id, round, shop_id, platform, carrier, channel, waybill_no, origin, request_id,
         state, reason, decision, deadline_at, deadline_source, created_at, updated_at)
       SELECT s.id, s.id, 1, 'dy-two', i.platform, i.carrier, i.channel, s.waybill, i.origin, CONCAT(s.id, '-1'),
         'skipped', 'value_too_high', '{}', i.deadline_at, 'forecast', NOW(3), NOW(3) FROM seed s JOIN intercept i ON i.id = '${id}'`,
    );
  });

  it('goes over every page once', async () => {
    const { rows } = await csv('?shopId=dy-two&lang=en');
    expect(rows).toHaveLength(MANY);
    expect(new Set(rows.map((row) => row.Intercept)).size).toBe(MANY);
  });

  it('stops reading when its reader leaves', async () => {
    const { hostname, port } = new URL(rig.url);
    const socket = connect(Number(port), hostname);
    socket.write(`GET /api/v1/intercepts.csv HTTP/1.1\r\nHost: x\r\nAuthorization: ${finance}\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    await until(async () => (await fetch(`${rig.url}/livez`)).ok, { what: 'the server to go on' });
    expect(rig.logged.filter(({ event }) => event === 'http.request_failed')).toEqual([]);
  });
});
