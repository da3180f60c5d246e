import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntryAnswer, ChainCheckAnswer } from '../../../src/dashboard/api/schemas/people.js';
import { appendAudit } from '../../../src/domain/store/audit-store.js';
import { takeAuditGuardsAway } from '../../support/tamper.js';
import { until } from '../../support/until.js';
import { type WebRig, webRig } from '../../support/web-rig.js';

let rig: WebRig;
let auditor: string;
const AT = Date.parse('2026-11-22T08:00:00Z');
const minute = (n: number) => new Date(AT + n * 60_000);

beforeAll(async () => {
  rig = await webRig();
  auditor = await rig.token(['audit:read']);
  await takeAuditGuardsAway(rig.db);
  await rig.db.run('DELETE FROM audit');
  await rig.db.run("DELETE FROM setting WHERE name = 'audit_head'");
  for (let n = 0; n < 30; n += 1) {
    const entry = {
      at: minute(n),
      actor: n % 3 === 0 ? 'user:ann@example.com' : 'token:erp_100%',
      action: n % 2 === 0 ? 'settings.apply' : 'user.change',
      subject: n % 2 === 0 ? `version ${n}` : 'op@example.com',
      detail: { n, reason: '电话 13812345678 核实', after: { shops: ['dy-main'] } },
    };
    await rig.db.transaction((tx) => appendAudit(tx, entry));
  }
}, 30_000);
afterAll(() => rig.close());

async function get<T>(path: string) {
  const answer = await fetch(`${rig.url}/api/v1${path}`, { headers: { authorization: auditor } });
  return { status: answer.status, body: (await answer.json()) as T };
}
type Page = { items: AuditEntryAnswer[]; nextCursor: string | null };
const subjects = async (query: string) =>
  (await get<Page>(`/audit?limit=200&${query}`)).body.items.map(({ action, actor }) => `${actor} ${action}`);

describe('the audit log', () => {
  it('is read page by page, the newest first, with before, after and reason, and no phone', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await get<Page>(`/audit?limit=7${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ at }) => at));
      cursor = body.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(Array.from({ length: 30 }, (_, n) => minute(29 - n).toISOString()));
    const { body } = await get<Page>('/audit?limit=1');
    expect(body.items[0]).toMatchObject({
      actor: 'token:erp_100%',
      action: 'user.change',
      subject: 'op@example.com',
      detail: { n: 29, reason: '电话 ***5678 核实', after: { shops: ['dy-main'] } },
    });
  });

  it.each([
    ['actor=ann', 10],
    ['actor=erp_100%25', 20],
    ['actor=erpX100', 0],
    ['action=user.', 15],
    ['action=用户', 0],
    ['subject=op%40example', 15],
    ['actor=ann&action=user.', 5],
    [`since=${minute(10).toISOString()}&until=${minute(12).toISOString()}`, 2],
  ])('is searched by %s: %i', async (query, count) => {
    expect(await subjects(query)).toHaveLength(count);
  });

  it('is checked on demand, and says which entry was changed', async () => {
    const check = () => get<ChainCheckAnswer>('/audit/check');
    expect((await check()).body).toMatchObject({ ok: true, rows: 30, brokenAt: null, why: null });
    const { body } = await get<Page>('/audit?limit=30');
    const id = body.items.at(-5)?.id ?? '';
    await rig.db.run("UPDATE audit SET actor = 'user:nobody@example.com' WHERE id = ?", [id]);
    // One walk a second: the second of two quick presses may be told to wait.
    const said = await until(
      async () => {
        const answer = await check();
        return answer.status === 200 && answer;
      },
      { what: 'the check' },
    );
    expect(said.body).toMatchObject({ ok: false, rows: 4, brokenAt: id, why: 'changed' });
  });
});
