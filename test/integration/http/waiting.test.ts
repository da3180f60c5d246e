import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DIGEST, TASKS_DONE, WAITING_PAGE } from '../../../src/dashboard/api/schemas/waiting.js';
import { appendAudit } from '../../../src/domain/store/audit-store.js';
import { firstIdSince } from '../../../src/domain/store/since-index.js';
import { Stories } from '../../support/parcel-stories.js';
import { REAL_BOOK } from '../../support/picture.js';
import { Erp } from '../../support/requests.js';
import { takeAuditGuardsAway } from '../../support/tamper.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

const ENV = { settings: TWO_SHOPS, book: REAL_BOOK };
let rig: WebRig;
let stories: Stories;
let all: string;
let two: string;
beforeAll(async () => {
  rig = await webRig();
  stories = await Stories.on(rig.db, new Erp(rig.db, ENV), new Erp(rig.db, ENV));
  const scopes = ['intercepts:read', 'intercepts:write', 'tasks:write'] as const;
  all = await rig.token(scopes);
  two = await rig.token(scopes, ['dy-two']);
});
afterAll(() => rig.close());

async function get(path: string, as = all) {
  const answer = await fetch(`${rig.url}/api/v1${path}`, { headers: { authorization: as } });
  return { status: answer.status, body: (await answer.json()) as unknown };
}
const page = async (query = '', as = all) => WAITING_PAGE.parse((await get(`/waiting${query}`, as)).body);
const digest = async (since: Date, as = all) =>
  DIGEST.parse((await get(`/tasks/digest?since=${since.toISOString()}`, as)).body);

async function done(ids: readonly string[], as = all, note = 'ok') {
  const answer = await fetch(`${rig.url}/api/v1/tasks/done`, {
    method: 'POST',
    headers: { authorization: as, 'content-type': 'application/json' },
    body: JSON.stringify({ ids, note }),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

describe('what waits for a person', () => {
  it('holds tasks and rows whose truth is unknown, nearest due time first, each with what to do next', async () => {
    const lost = await stories.uncertain();
    const phone = await stories.phoneBranch();
    const review = await stories.needsReview();
    const { items, total, kinds, overdue } = await page();
    expect(items.map(({ interceptId }) => interceptId)).toEqual([phone, review, lost]);
    expect(items.map(({ dueAt }) => Date.parse(dueAt))).toEqual(
      items.map(({ dueAt }) => Date.parse(dueAt)).sort((a, b) => a - b),
    );
    expect([total, overdue, kinds]).toEqual([3, 0, { phone_branch: 1, decide: 1, unknown: 1 }]);
    expect(items[0]).toMatchObject({
      kind: 'phone_branch',
      phoneScript: { zh: expect.stringContaining('请不要派送') },
    });
    expect(items[2]).toMatchObject({ kind: 'unknown', taskId: null, state: 'uncertain', steps: ['ask', 'withdraw'] });
  });

  it('is filtered by kind, shop and owner, and paged without losing or repeating one', async () => {
    expect((await page('?kind=unknown')).items).toHaveLength(1);
    expect((await page('?shopId=dy-two')).total).toBe(0);
    expect((await page('?owner=-')).total).toBe(3);
    expect((await page('?owner=anna')).total).toBe(0);
    expect((await get('/tasks?owner=anna')).body).toMatchObject({ items: [] });
    expect((await get('/tasks?owner=-')).body).toMatchObject({ items: [{ owner: '' }, { owner: '' }] });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const one = await page(`?limit=1&cursor=${cursor}`);
      seen.push(...one.items.map(({ id }) => id));
      cursor = one.nextCursor;
    }
    expect(seen).toEqual((await page()).items.map(({ id }) => id));
    expect((await get('/waiting?cursor=nonsense')).status).toBe(422);
  });

  it('is nobody’s who holds none of its shops', async () => {
    expect((await page('', two)).items).toEqual([]);
  });
});

describe('tasks done together', () => {
  it('are done once, and whoever comes second reads who was first and when', async () => {
    await stories.refused();
    const { items } = await page('?kind=phone_branch');
    const ids = items.flatMap(({ taskId }) => taskId ?? []);
    expect(ids.length).toBe(2);
    const [id = ''] = ids;
    expect((await done([id])).body).toMatchObject({ done: 1, items: [{ id, result: 'done', by: 'token:erp' }] });
    const second = TASKS_DONE.parse((await done(ids)).body);
    expect(second).toMatchObject({ done: 1, items: [{ result: 'before', by: 'token:erp' }, { result: 'done' }] });
    const entries = await rig.db.rows<{ detail: string }>(
      `SELECT detail FROM audit WHERE subject = ? AND action = 'task_done'`,
      [id],
    );
    expect(entries.map(({ detail }) => JSON.parse(detail) as unknown)).toEqual([{ note: 'ok' }]);
  });

  it('are not there for somebody without their shops', async () => {
    await stories.needsReview();
    const [item] = (await page('?kind=decide')).items;
    const taskId = item?.taskId ?? '';
    expect((await done([taskId], two)).body).toMatchObject({ done: 0, items: [{ result: 'not_found' }] });
    expect((await done([])).status).toBe(422);
  });
});

describe('the shift hand-over', () => {
  it('counts what came in, what was done by whom, and what is open since the chosen time', async () => {
    const since = new Date();
    const review = await stories.needsReview();
    const { id, version } = await stories.erp.row(await stories.queued());
    await fetch(`${rig.url}/api/v1/intercepts/${id}/withdraw`, {
      method: 'POST',
      headers: { authorization: all, 'content-type': 'application/json' },
      body: JSON.stringify({ version, note: 'x' }),
    });
    const [task] = (await page('?kind=decide')).items.filter(({ interceptId }) => interceptId === review);
    await done([task?.taskId ?? '']);
    const handed = await digest(since);
    expect(handed.cameIn).toMatchObject({ intercepts: 2, tasks: { decide: 1 } });
    expect(handed.done).toMatchObject({
      reached: { needs_review: 1, withdrawn: 1 },
      steps: [{ actor: 'token:erp', event: 'withdraw', n: 1 }],
      tasks: [{ actor: 'token:erp', n: 1 }],
    });
    const waiting = await page();
    expect(handed.open.total).toBe(waiting.total);
    expect(handed.open.first.map((item) => item.id)).toEqual(waiting.items.map((item) => item.id));
    expect(handed.text.zh).toMatch(/^交接班摘要\n.*（北京时间）\n新增拦截 2 条\n/);
    expect(handed.text.en).toContain('erp: 1 steps');
  });

  it('holds nothing of other people’s shops, and takes no nonsense for a time', async () => {
    const theirs = await digest(new Date(Date.now() - 3_600_000), two);
    expect(theirs).toMatchObject({ cameIn: { intercepts: 0 }, done: { steps: [], tasks: [] }, open: { total: 0 } });
    expect((await get('/tasks/digest?since=yesterday')).status).toBe(422);
    expect((await get('/tasks/digest')).status).toBe(200);
  });
});

describe('the first row since a moment', () => {
  it('is found by halving, also before and after all rows', async () => {
    const at = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 600_000);
    await takeAuditGuardsAway(rig.db);
    await rig.db.run('DELETE FROM audit');
    await rig.db.run(`DELETE FROM setting WHERE name = 'audit_head'`);
    for (let n = 0; n < 9; n += 1) {
      const entry = { at: at(n), actor: 'cli:x', action: 'a', subject: String(n), detail: {} };
      await rig.db.transaction((tx) => appendAudit(tx, entry));
    }
    const ids = (await rig.db.rows<{ id: number }>('SELECT id FROM audit ORDER BY id')).map(({ id }) => id);
    for (let n = 0; n < 9; n += 1) expect(await firstIdSince(rig.db, 'audit', at(n))).toBe(ids[n]);
    expect(await firstIdSince(rig.db, 'audit', at(-100))).toBe(ids[0]);
    expect(await firstIdSince(rig.db, 'audit', at(100))).toBeGreaterThan(ids.at(-1) ?? 0);
  });
});
