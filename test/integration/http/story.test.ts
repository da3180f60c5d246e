import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { INTERCEPT_STORY } from '../../../src/dashboard/api/schemas/story.js';
import { tell } from '../../../src/domain/store/outbox-store.js';
import type { InterceptRequest } from '../../../src/domain/store/request-store.js';
import { REAL_BOOK } from '../../support/picture.js';
import { Erp } from '../../support/requests.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

const ENV = { settings: TWO_SHOPS, book: REAL_BOOK };
let rig: WebRig;
let erp: Erp;
let all: string;
let one: string;
beforeAll(async () => {
  rig = await webRig();
  erp = new Erp(rig.db, ENV);
  all = await rig.token(['intercepts:read']);
  one = await rig.token(['intercepts:read'], ['dy-main']);
  await rig.db.run(`INSERT INTO lane (id, carrier, account_id) VALUES ('zto-zto-main', 'zto', 'zto-main')`);
});
afterAll(() => rig.close());

async function story(id: string, as = all) {
  const answer = await fetch(`${rig.url}/api/v1/intercepts/${id}`, { headers: { authorization: as } });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status}: ${text}`);
  return { text, story: INTERCEPT_STORY.parse(JSON.parse(text)) };
}

const PICKED_UP = { pickedUpAt: new Date(Date.now() - 3_600_000) };
const parcel = (waybillNo: string, over = {}): InterceptRequest['parcels'][number] => ({
  carrier: 'zto',
  waybillNo,
  declaredValueFen: 8_900,
  ...PICKED_UP,
  ...over,
});

describe('the story of an intercept', () => {
  it('explains the decision: every rule by its number, what failed, and what the rules looked at', async () => {
    const { id } = await erp.askForOne({ parcels: [parcel('DEAR1', { declaredValueFen: 120_000 })] });
    const { explanation } = (await story(id)).story;
    const verdicts = new Map(explanation.checks.map(({ rule, verdict }) => [rule, verdict]));
    expect(verdicts.get('R14')).toBe('skip');
    expect(verdicts.get('R10')).toBe('passed');
    expect(explanation.checks.map(({ rule }) => rule)).toEqual([...verdicts.keys()]);
    expect(explanation.inputs).toContainEqual({ name: 'parcel.valueFen', value: '120000' });
    expect(explanation.inputs).toContainEqual({ name: 'afterSales[0].refundAmountFen', value: '8900' });
    expect(explanation.policy).toEqual({ id: 'default', version: 1 });
  });

  it('tells what the platform said, and when', async () => {
    const { id } = await erp.askForOne({ afterSaleId: 'SAID-1', orderId: 'SAID-O' });
    const { said, afterSales } = (await story(id)).story;
    expect(said).toMatchObject([
      { afterSaleId: 'SAID-1', facts: { orderId: 'SAID-O', type: 'refund_only', refundAmountFen: 8_900 } },
    ]);
    expect(afterSales).toMatchObject([{ afterSaleId: 'SAID-1', status: 'open', elsewhere: false }]);
  });

  it('names the other parcels of its orders with where they stand, and its rounds', async () => {
    const request = erp.next({ orderId: 'SPLIT-O', parcels: [parcel('SPLIT-1'), parcel('SPLIT-2')] });
    const { intercepts } = await erp.ask(request);
    await erp.ask(erp.next({ orderId: 'SPLIT-O', parcels: [parcel('SPLIT-3')] }));
    const { otherParcels, rounds } = (await story(intercepts[0]?.id ?? '')).story;
    expect(otherParcels).toMatchObject([
      { waybillNo: 'SPLIT-2', interceptId: intercepts[1]?.id, state: 'queued', carrier: 'zto' },
      { waybillNo: 'SPLIT-3', orderId: 'SPLIT-O' },
    ]);
    expect(rounds).toMatchObject([{ id: intercepts[0]?.id, round: 1 }]);
  });

  it('lists tasks with their phone script, and who outside was told of it', async () => {
    await rig.db.run(
      `INSERT INTO notification_target (id, kind, body, secrets, enabled) VALUES ('erp', 'endpoint', '{"events":["*"]}', '{}', 1)`,
    );
    const orders = [{ orderId: 'OTHER', paidFen: 5_000, refund: 'none' as const }];
    const { id } = await erp.askForOne({ parcels: [parcel('TASK1', { orders })] });
    await tell(rig.db, { type: 'intercept.refused', subjectId: id, data: {} }, new Date());
    const { tasks, messages, choices, phoneScript } = (await story(id)).story;
    expect(tasks).toMatchObject([{ kind: 'decide', reason: 'sibling_not_refunding', state: 'open', closedAt: null }]);
    expect(messages.map(({ topic }) => topic).sort()).toEqual(
      expect.arrayContaining(['intercept.needs_review', 'intercept.refused', 'task.opened']),
    );
    expect(messages[0]).toMatchObject({ targetId: 'erp', state: 'waiting', tries: 0 });
    expect(phoneScript).toBeNull();
    expect(choices.next).toBe('resolve');
  });

  it('says what may be done now and why not the rest, in the words of the 409 that trying gives', async () => {
    const { id } = await erp.accepted();
    const { choices } = (await story(id)).story;
    const steps = Object.fromEntries(choices.steps.map((step) => [step.step, step]));
    expect(steps.ask).toMatchObject({ possible: true, offered: true, why: null });
    expect(steps.withdraw).toMatchObject({ possible: true });
    expect(steps.retry).toMatchObject({ possible: false, why: 'answer_awaited' });
    expect(choices.withdrawal).toBe('after');
    const writer = await rig.token(['intercepts:write']);
    const refused = await fetch(`${rig.url}/api/v1/intercepts/${id}/retry`, {
      method: 'POST',
      headers: { authorization: writer, 'content-type': 'application/json' },
      body: '{}',
    });
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { code: 'answer_awaited', text: steps.retry?.whyText },
    ]);
  });

  it('keeps the numbers and facts of other shops inside, in every part of it', async () => {
    const shared = erp.next({
      orderId: 'OURS-O',
      afterSaleId: 'OURS-A',
      parcels: [parcel('SHARED1'), parcel('SHARED2')],
    });
    const { intercepts } = await erp.ask(shared);
    const theirs = erp.next({
      shopId: 'dy-two',
      orderId: 'THEIR-O',
      afterSaleId: 'THEIR-A',
      parcels: [parcel('SHARED1'), parcel('THEIR-W')],
    });
    await new Erp(rig.db, ENV, TWO_SHOPS.shops.get('dy-two')).ask(theirs);
    const id = intercepts[0]?.id ?? '';
    expect((await story(id)).text).toContain('THEIR-W');
    const { text } = await story(id, one);
    expect(text).toContain('SHARED2');
    for (const secret of ['THEIR-O', 'THEIR-A', 'THEIR-W']) expect(text).not.toContain(secret);
  });
});
