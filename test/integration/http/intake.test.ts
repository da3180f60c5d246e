import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openMessage } from '../../../src/domain/secrets/sealed-message.js';
import { CALLBACK_LIMIT_BYTES, WEBHOOK_LIMIT_BYTES } from '../../../src/producers/http/raw-body.js';
import { RIG_SECRETS } from '../../support/test-key.js';
import { DOUYIN_KEYS, type WebRig, webRig, ZTO_KEYS } from '../../support/web-rig.js';

let rig: WebRig;
beforeAll(async () => {
  rig = await webRig();
});
afterAll(() => rig.close());
beforeEach(() => rig.db.run('DELETE FROM inbox'));

let n = 0;
/** A body as Douyin sends it: an array of messages. */
function message(fill = ''): string {
  n += 1;
  const data = JSON.stringify({ aftersale_id: `7000893114000${n}`, aftersale_status: 6, aftersale_type: 1, fill });
  return JSON.stringify([{ tag: '200', msg_id: `m-${n}`, data }]);
}

const signed = (body: string) => ({
  'app-id': DOUYIN_KEYS.appKey,
  'event-sign': createHash('md5')
    .update(DOUYIN_KEYS.appKey + body + DOUYIN_KEYS.appSecret)
    .digest('hex'),
});

function deliver(
  body: string,
  headers: Record<string, string> = signed(body),
  path = 'douyin/dy-main',
): Promise<Response> {
  return fetch(`${rig.url}/webhooks/${path}`, { method: 'POST', headers, body });
}

function push(data: string, secret = ZTO_KEYS.appSecret, path = 'zto/zto-main'): Promise<Response> {
  const digest = createHash('md5')
    .update(data + secret)
    .digest('base64');
  const body = new URLSearchParams({ data, data_digest: digest, msg_type: 'Traces', company_id: 'c' });
  return fetch(`${rig.url}/callbacks/${path}`, { method: 'POST', body });
}

async function inbox() {
  const rows = await rig.db.rows<{ source: string; eventId: string; payload: string }>(
    'SELECT source, event_id AS eventId, payload FROM inbox ORDER BY id',
  );
  return rows.map((row) => ({ ...row, payload: openMessage(RIG_SECRETS, row) }));
}

describe('a platform’s webhook', () => {
  it('is durable before the platform gets its own ack, and wakes the intake', async () => {
    const body = message();
    const before = rig.woken.stored;
    const answer = await deliver(body);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ code: 0, msg: 'success' });
    expect(await inbox()).toEqual([{ source: 'platform:douyin:dy-main', eventId: `m-${n}`, payload: body }]);
    expect(rig.woken.stored).toBe(before + 1);
  });

  it('delivered twice, at once and later, is one row, and each delivery is acknowledged', async () => {
    const body = message();
    const answers = await Promise.all([deliver(body), deliver(body), deliver(body)]);
    answers.push(await deliver(body));
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200]);
    expect(await inbox()).toHaveLength(1);
  });

  it('of two shops with the same event id are two rows', async () => {
    const body = message();
    await Promise.all([deliver(body), deliver(body, signed(body), 'douyin/dy-two')]);
    expect((await inbox()).map((r) => r.source).sort()).toEqual(['platform:douyin:dy-main', 'platform:douyin:dy-two']);
  });

  it.each([
    ['of another body', (body: string) => signed(`${body} `)],
    ['of another app', (body: string) => ({ ...signed(body), 'app-id': 'other' })],
    ['that is missing', () => ({ 'app-id': DOUYIN_KEYS.appKey })],
    ['that is empty', () => ({ 'app-id': DOUYIN_KEYS.appKey, 'event-sign': '' })],
    ['of a wrong length', () => ({ 'app-id': DOUYIN_KEYS.appKey, 'event-sign': 'abc' })],
  ])('with a signature %s is 401 and leaves nothing behind but a count', async (_, headersFor) => {
    const body = message();
    const answer = await deliver(body, headersFor(body));
    expect(answer.status).toBe(401);
    expect(await inbox()).toEqual([]);
    expect(await rig.metrics.scrape()).toMatch(/jiejian_bad_signatures_total\{source="platform:douyin:dy-main"\} \d+/);
  });

  it('forged a hundred times gives one log line, so that a flood cannot fill the log', async () => {
    const lines = () => rig.logged.filter((l) => l.event === 'intake.bad_signature').length;
    await Promise.all(Array.from({ length: 100 }, () => deliver(message(), {})));
    expect(lines()).toBeLessThanOrEqual(2);
  });

  it.each([
    ['an unknown shop', 'douyin/nobody'],
    ['a shop of another platform', 'taobao/dy-main'],
    ['a disabled shop', 'douyin/dy-off'],
    ['a shop whose name is a trap', 'douyin/__proto__'],
  ])('for %s is 404, and nothing is read or stored', async (_, path) => {
    const body = message();
    const answer = await deliver(body, signed(body), path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 404, code: 'unknown_shop' });
    expect(await inbox()).toEqual([]);
  });

  it('of exactly 64 KiB is taken, one byte more is 413', async () => {
    const room = WEBHOOK_LIMIT_BYTES - Buffer.byteLength(message());
    const fits = message('x'.repeat(room));
    expect(Buffer.byteLength(fits)).toBe(WEBHOOK_LIMIT_BYTES);
    expect((await deliver(fits)).status).toBe(200);
    const large = `${fits} `;
    const answer = await deliver(large, signed(large));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'body_too_large' });
    expect(await inbox()).toHaveLength(1);
  });

  it('that does not say how long it is, is cut off at the same limit', async () => {
    const chunks = Array.from({ length: 5 }, () => 'x'.repeat(WEBHOOK_LIMIT_BYTES / 4));
    const body = new ReadableStream({
      pull(controller) {
        const chunk = chunks.pop();
        if (chunk === undefined) controller.close();
        else controller.enqueue(Buffer.from(chunk));
      },
    });
    const options: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half', headers: signed('') };
    expect((await fetch(`${rig.url}/webhooks/douyin/dy-main`, options)).status).toBe(413);
  });

  it('that is compressed is 415: a small body must not unfold into a large one', async () => {
    const body = message();
    const answer = await deliver(body, { ...signed(body), 'content-encoding': 'gzip' });
    expect(answer.status).toBe(415);
  });

  it('is taken whatever content type it claims, because the bytes are what was signed', async () => {
    const body = message();
    const answer = await deliver(body, { ...signed(body), 'content-type': 'application/json; charset=nonsense' });
    expect(answer.status).toBe(200);
  });

  it('that cannot be understood is kept all the same, to be looked at and replayed', async () => {
    const body = 'not json at all';
    expect((await deliver(body, signed(body))).status).toBe(200);
    expect(await inbox()).toMatchObject([{ payload: body }]);
  });

  it('answers other methods with 405', async () => {
    const answer = await fetch(`${rig.url}/webhooks/douyin/dy-main`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('a courier’s push', () => {
  const trace = (at = '2026-11-22 10:00:00') =>
    JSON.stringify({ billCode: '73100130019486', action: 'GOT', actionTime: at, desc: '已揽收' });

  it('is kept with its very bytes, known by their hash, and acknowledged in the courier’s words', async () => {
    const answer = await push(trace());
    expect(await answer.json()).toMatchObject({ status: true });
    const rows = await inbox();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.source).toBe('courier:zto:zto-main');
    expect(rows[0]?.eventId).toBe(
      createHash('sha256')
        .update(rows[0]?.payload ?? '')
        .digest('hex'),
    );
    expect(new URLSearchParams(rows[0]?.payload).get('data')).toBe(trace());
  });

  it('sent again is the same row, another scan is another', async () => {
    await Promise.all([push(trace()), push(trace()), push(trace('2026-11-22 11:00:00'))]);
    expect(await inbox()).toHaveLength(2);
  });

  it('with a wrong digest is 401 and not stored', async () => {
    expect((await push(trace(), 'wrong')).status).toBe(401);
    expect(await inbox()).toEqual([]);
  });

  it.each(['zto/nobody', 'yto/zto-main'])('to %s is 404', async (path) => {
    const answer = await push(trace(), ZTO_KEYS.appSecret, path);
    expect(await answer.json()).toMatchObject({ status: 404, code: 'unknown_account' });
  });

  it('may be 1 MiB and no more', async () => {
    const answer = await fetch(`${rig.url}/callbacks/zto/zto-main`, {
      method: 'POST',
      body: 'x'.repeat(CALLBACK_LIMIT_BYTES + 1),
    });
    expect(answer.status).toBe(413);
    const within = await fetch(`${rig.url}/callbacks/zto/zto-main`, {
      method: 'POST',
      body: 'x'.repeat(CALLBACK_LIMIT_BYTES),
    });
    expect(within.status).toBe(401);
  });
});
