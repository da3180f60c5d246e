import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createSecrets } from '../../src/domain/secrets/secrets.js';
import { judgeParcel } from '../../src/domain/store/judgement.js';
import { loadSettings } from '../../src/domain/store/settings-store.js';
import { finishTask } from '../../src/domain/store/task-reader.js';
import { sendDigests } from '../../src/workers/notify/digests.js';
import { jiejian } from '../support/cli.js';
import { NotifyRig } from '../support/notify-rig.js';
import { freshRedis } from '../support/redis.js';
import { Erp } from '../support/requests.js';
import { type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import { aShopEntry } from '../support/settings-file.js';
import { until } from '../support/until.js';

let rig: NotifyRig;
let erp: Erp;
let chat: ScriptedServer;
beforeAll(async () => {
  rig = await NotifyRig.open();
  erp = new Erp(rig.db);
  chat = await scriptedServer();
  chat.answer({ status: 200, body: '{"errcode":0,"errmsg":"ok"}' });
});
afterEach(() => rig.rest());
afterAll(async () => {
  await chat.close();
  await rig.close();
});

const bot = (over: object = {}) => ({
  id: 'desk',
  kind: 'dingtalk',
  url: `${chat.baseUrl}/robot/send?access_token=0123`,
  secret: 'SEC-of-the-robot',
  events: ['task.*', 'alert.*', 'digest.daily'],
  ...over,
});
const shop = aShopEntry({ taskOwner: '一组' });
const said = () =>
  chat.received().map(({ body }) => (JSON.parse(body.toString()) as { text: { content: string } }).text.content);

/** A parcel with a sibling that nobody wants back, of these owners (R19). */
async function asked(...owners: (string | undefined)[]): Promise<string> {
  const request = erp.next();
  const [first] = request.parcels;
  if (!first) throw new Error('a request has a parcel');
  const orders = [{ orderId: '4835804142146759999', paidFen: 5_000, refund: 'none' as const }];
  const parcels = [{ ...first, orders }];
  for (const [n, ownerRef] of owners.entries()) {
    await erp.ask({ ...request, parcels, ownerRef, afterSaleId: `${request.afterSaleId}${n}` });
  }
  return first.waybillNo;
}
const tasksOf = (waybillNo: string) =>
  rig.db.rows<{ id: string; owner: string; kind: string; state: string }>(
    `SELECT t.id, t.owner, t.kind, t.state FROM task t JOIN intercept i ON i.id = t.intercept_id
     WHERE i.waybill_no = ? ORDER BY t.owner`,
    [waybillNo],
  );

describe('case 40: people get one clear task', () => {
  it('one a parcel and owner, named by the seller’s system or by the shop', async () => {
    await rig.apply({ shops: [shop] });
    const waybillNo = await asked('小王', '小李', undefined, '小王');
    const tasks = await tasksOf(waybillNo);
    expect(tasks.map(({ owner, kind, state }) => [owner, kind, state]).sort()).toEqual([
      ['一组', 'decide', 'open'],
      ['小李', 'decide', 'open'],
      ['小王', 'decide', 'open'],
    ]);
    // What one of them has answered is not asked again when somebody else joins.
    const done = tasks.find(({ owner }) => owner === '小王');
    await rig.db.transaction((tx) => finishTask(tx, done?.id ?? '', new Date()));
    await rig.db.run('UPDATE parcel SET judge_at = ? WHERE waybill_no = ?', [new Date(), waybillNo]);
    const [parcel] = await rig.db.rows<{ id: string }>('SELECT id FROM parcel WHERE waybill_no = ?', [waybillNo]);
    await judgeParcel(rig.db, erp.env, parcel?.id ?? '', 'system', new Date());
    expect((await tasksOf(waybillNo)).filter(({ owner }) => owner === '小王')).toMatchObject([{ state: 'done' }]);
  });

  it('says waybill, reason and next step to a signed robot, and neither phone nor address', async () => {
    await rig.apply({ shops: [shop], notifications: [bot()] });
    const waybillNo = await asked('小赵 13812345678');
    rig.start();
    const [content] = await until(() => (said().length > 0 ? said() : null), { what: 'the robot to be told' });
    expect(content).toContain(`【截件】 ${waybillNo} 小赵`);
    expect(content).toMatch(/task\.opened$/);
    expect(content).not.toContain('13812345678');
    const [request] = chat.received();
    expect(request?.path).toMatch(/^\/robot\/send\?access_token=0123&timestamp=\d{13}&sign=[\w%]+$/);
    await until(async () => (await rig.outbox()).some(({ state }) => state === 'delivered'), { what: 'the mark' });
  });

  it('that is gone before it was told is not told, and closes in silence', async () => {
    await rig.apply({ shops: [shop], notifications: [bot()] });
    const before = said().length;
    const waybillNo = await asked('小孙');
    const [task] = await tasksOf(waybillNo);
    await rig.db.transaction((tx) => finishTask(tx, task?.id ?? '', new Date()));
    rig.start();
    await until(async () => (await rig.outbox()).every(({ state }) => state === 'dead'), {
      what: 'both to be dropped',
    });
    expect((await rig.outbox()).map(({ topic, error }) => [topic, error])).toEqual([
      ['task.opened', 'its condition was gone before anybody was told'],
      ['task.closed', 'its condition was gone before anybody was told'],
    ]);
    expect(said()).toHaveLength(before);
  });
});

describe('an owner who has a chat of his own', () => {
  const chats = (wang: object) => ({
    shops: [shop],
    endpoints: [{ id: 'erp', url: `${chat.baseUrl}/erp`, secret: 'a-secret-of-the-erp', events: ['task.*'] }],
    notifications: [
      bot({ id: 'common' }),
      bot({ id: 'ends', events: ['task.closed'] }),
      bot({ id: 'group', owners: ['一组'] }),
      bot({ id: 'wang', ...wang }),
      bot({ id: 'wang-too', owners: ['小王'], events: ['alert.*'] }),
    ],
  });
  const told = async (topic: string, owner: string) => {
    const rows = await rig.db.rows<{ target: string }>(
      'SELECT o.target_id AS target FROM outbox o JOIN task k ON k.id = o.subject_id WHERE o.topic = ? AND k.owner = ?',
      [topic, owner],
    );
    return rows.map(({ target }) => target.split('/')[1]).sort();
  };

  it('is told of his tasks there and nobody else is; the end goes where the beginning went', async () => {
    await rig.apply(chats({ owners: ['小王'] }));
    const waybillNo = await asked('小王', '小李', undefined);
    expect(await told('task.opened', '小王')).toEqual(['erp', 'wang']);
    expect(await told('task.opened', '一组')).toEqual(['erp', 'group']);
    expect(await told('task.opened', '小李')).toEqual(['common', 'erp']);
    // His chat becomes another's, and the common one his.
    await rig.apply(chats({ owners: ['小李'] }));
    for (const { id } of await tasksOf(waybillNo)) await rig.db.transaction((tx) => finishTask(tx, id, new Date()));
    expect(await told('task.closed', '小王')).toEqual(['ends', 'erp', 'wang']);
    expect(await told('task.closed', '一组')).toEqual(['erp', 'group']);
    expect(await told('task.closed', '小李')).toEqual(['common', 'erp']);
  });

  it('gets the digest of his own work, and the common one is about the rest', async () => {
    const at = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(11, 16);
    const digest = { events: ['digest.daily'], digestAt: [at] };
    await rig.apply({
      shops: [shop],
      notifications: [bot({ id: 'qian', owners: ['小钱'], ...digest }), bot({ id: 'rest', ...digest })],
    });
    const waybills = [await asked('小钱'), await asked('小钱', '小周'), await asked('小周')];
    const settings = await loadSettings(rig.db, createSecrets(rig.secretKey));
    const later = new Date(Date.now() + 60_000);
    await sendDigests({ db: rig.db, settings: () => settings, now: () => later, log: () => undefined });
    const rows = await rig.db.rows<{ target: string; payload: string }>(
      'SELECT target_id AS target, payload FROM outbox ORDER BY target_id',
    );
    const [qian, rest] = rows.map(
      ({ payload }) => JSON.parse(payload) as { open: { total: number }; text: { zh: string } },
    );
    expect(qian?.open.total).toBe(2);
    const named = (text: string | undefined) => waybills.map((waybillNo) => text?.includes(waybillNo));
    expect(named(qian?.text.zh)).toEqual([true, true, false]);
    expect(named(rest?.text.zh)).toEqual([false, true, true]);
  });
});

describe('the end of a shift', () => {
  it('is told once, to those who want it, of their shops', async () => {
    const at = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(11, 16);
    await rig.apply({
      shops: [shop],
      notifications: [
        bot({ digestAt: [at] }),
        bot({ id: 'alerts', events: ['alert.*'] }),
        bot({ id: 'none', digestShops: ['dy-none'], digestAt: [at] }),
      ],
    });
    const settings = await loadSettings(rig.db, createSecrets(rig.secretKey));
    const deps = { db: rig.db, settings: () => settings, now: () => new Date(), log: () => undefined };
    await Promise.all([sendDigests(deps), sendDigests(deps)]);
    await sendDigests(deps);
    const messages = await rig.outbox();
    expect(messages.map(({ topic, target }) => `${topic} ${target}`).sort()).toEqual([
      'digest.daily notifications/desk',
      'digest.daily notifications/none',
    ]);
    const before = said().length;
    rig.start();
    await until(() => said().length >= before + 2, { what: 'both digests' });
    const told = said().slice(before).sort();
    expect(told[0]).toContain('交接班摘要');
    expect(told.some((text) => text.includes('未完成 0 个'))).toBe(true);
    expect(told.some((text) => !text.includes('未完成 0 个'))).toBe(true);
  });

  it('that was longer ago is no hand-over any more', async () => {
    const at = new Date(Date.now() + 8 * 3_600_000 - 3_600_000).toISOString().slice(11, 16);
    await rig.apply({ shops: [shop], notifications: [bot({ id: 'late', digestAt: [at] })] });
    const settings = await loadSettings(rig.db, createSecrets(rig.secretKey));
    await sendDigests({ db: rig.db, settings: () => settings, now: () => new Date(), log: () => undefined });
    expect(await rig.outbox()).toEqual([]);
  });
});

describe('jiejian policy backtest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jiejian-policy-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = async (text: string, ...words: string[]) => {
    const file = join(folder, 'draft.yaml');
    writeFileSync(file, text);
    const env = { DATABASE_URL: rig.url, REDIS_URL: await freshRedis(), SECRET_KEY: rig.secretKey };
    return jiejian(['policy', 'backtest', file, ...words], { env });
  };

  it('prints a draft beside today’s policy', async () => {
    await rig.apply({ shops: [shop] });
    await erp.askForOne();
    const { code, stdout } = await run(
      'policies: [{ id: default, when: { expression: valueFen > 50000 } }]',
      '--days',
      '7',
    );
    expect(code).toBe(0);
    expect(stdout).toContain(
      'draft: intercepts go by themselves if the value of the parcel is above ¥500.00; else a person decides',
    );
    expect(stdout).toMatch(/sent by itself +1 +0 +-1\n/);
    expect(stdout).toMatch(/Decisions that would differ: 1\.\nwaybill .*\n\d+ +89\.00 +It qualifies .* person/);
    expect(stdout).toMatch(/saved \(CNY\) +53\.40 +0\.00 +-53\.40\n/);
    const { json } = await run('policies: [{ id: default }]', '--json');
    expect(json()).toMatchObject({ backtests: [{ policy: 'default', differs: 0, today: { sent: 1 } }] });
  });

  it.each([
    ['an unknown policy', 'policies: [{ id: defalt }]', [], 2, 'there is no policy defalt'],
    ['a file without policies', 'shops: []', [], 2, 'there are no policies'],
    ['nonsense for --days', 'policies: [{ id: default }]', ['--days', 'many'], 2, '--days must be'],
    [
      'a wrong condition',
      'policies: [{ id: default, when: { expression: "amountFen >" } }]',
      [],
      78,
      'policies[0].when.expression: at character 12',
    ],
  ] as const)('refuses %s', async (_what, text, words, code, why) => {
    const run1 = await run(text, ...words);
    expect([run1.code, run1.stderr]).toEqual([code, expect.stringContaining(why)]);
  });
});
