import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { type BotKind, botRefusal, botRequest } from '../../../src/workers/notify/bots.js';
import { retryAfterMs } from '../../../src/workers/notify/post.js';
import { nextTry } from '../../../src/workers/notify/retry.js';
import { signatureHeaders } from '../../../src/workers/notify/sign.js';
import { aFile, problems } from '../../support/settings-file.js';

const BODY = '{"test": 2432232314}';
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const NOW = new Date('2026-11-22T10:00:00.000Z');
/** As JSON goes over the wire, read back. */
const bodyFor = (kind: BotKind, message: string): { text: { content: string } } =>
  JSON.parse(JSON.stringify(botRequest(kind, message, null, NOW).body));
const later = (ms: number) => new Date(NOW.getTime() + ms);

describe('a signature', () => {
  it('is the one of the published example of Standard Webhooks', () => {
    expect(signatureHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', ID, new Date(1_614_265_330_000), BODY)).toEqual({
      'webhook-id': ID,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('of a secret without the prefix is over its UTF-8 bytes', () => {
    const expected = createHmac('sha256', '密钥-of-the-erp').update(`${ID}.1614265330.${BODY}`).digest('base64');
    const headers = signatureHeaders('密钥-of-the-erp', ID, new Date(1_614_265_330_000), BODY);
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
  });

  it('of base64 without the prefix satisfies both readings, since receivers decode it or do not', () => {
    const secret = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const headers = signatureHeaders(secret, ID, new Date(), BODY);
    expect(new Webhook(secret).verify(BODY, headers)).toEqual({ test: 2_432_232_314 });
    expect(new Webhook(secret, { format: 'raw' }).verify(BODY, headers)).toEqual({ test: 2_432_232_314 });
    expect(() => new Webhook(`${secret}BBBB`).verify(BODY, headers)).toThrow();
  });
});

describe('a secret in the configuration', () => {
  const said = (secret: string) =>
    problems(aFile({ endpoints: [{ id: 'erp', url: 'https://erp.example.com', secret, events: ['*'] }] }));

  it('may be a key of Standard Webhooks or any text of 8 characters', () => {
    expect(said('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toEqual([]);
    expect(said('long-enough')).toEqual([]);
  });

  it.each(['whsec_', 'whsec_not base64 at all!', 'whsec_QUJD', 'short'])(
    'is never %p: it would sign with nothing',
    (s) => {
      expect(said(s)).toHaveLength(1);
    },
  );
});

describe('the next try', () => {
  const waits = (random: number) =>
    Array.from({ length: 9 }, (_, i) => {
      const at = nextTry(i + 1, null, later(3 * 86_400_000), NOW, () => random);
      return at && (at.getTime() - NOW.getTime()) / 1_000;
    });

  it('comes ever later, up to once an hour', () => {
    expect(waits(1)).toEqual([5, 15, 45, 135, 405, 1_215, 3_600, 3_600, 3_600]);
  });

  it('is spread over the later half, so that what failed together does not come back together', () => {
    expect(waits(0)).toEqual([2.5, 7.5, 22.5, 67.5, 202.5, 607.5, 1_800, 1_800, 1_800]);
  });

  it('never comes before the receiver wants it', () => {
    expect(nextTry(1, 120_000, later(86_400_000), NOW)).toEqual(later(120_000));
  });

  it('does not come after the three days are over', () => {
    expect(nextTry(9, null, later(1_000), NOW)).toBeNull();
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sun, 22 Nov 2026 10:02:00 GMT', 120_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['999999999', 86_400_000],
    ['soon', null],
    ['-5', null],
    [undefined, null],
  ])('of %p is %p ms', (value, expected) => {
    expect(retryAfterMs(value, NOW)).toBe(expected);
  });
});

describe('a bot’s message', () => {
  const alert = JSON.stringify({
    type: 'alert.lane_down',
    timestamp: NOW.toISOString(),
    data: { alert: 'lane_down', subject: 'zto-main', state: 'raised', text: { zh: '线路故障。', en: 'Lane down.' } },
  });

  it('has the text format of its kind, and 截件 in it as the keyword', () => {
    const words = '【截件】\n线路故障。\nLane down.\nalert.lane_down';
    expect(bodyFor('dingtalk', alert)).toEqual({ msgtype: 'text', text: { content: words } });
    expect(bodyFor('wecom', alert)).toEqual({ msgtype: 'text', text: { content: words } });
    expect(bodyFor('feishu', alert)).toEqual({ msg_type: 'text', content: { text: words } });
  });

  it('of an intercept names the waybill, the state and why', () => {
    const data = { waybillNo: '7310013', state: 'needs_review', reasonText: { zh: '请核实。', en: 'Check it.' } };
    const { text } = bodyFor('wecom', JSON.stringify({ type: 'intercept.needs_review', data }));
    expect(text.content).toBe('【截件】 7310013 needs_review\n请核实。\nCheck it.\nintercept.needs_review');
  });

  it('stays below the 2048 bytes that WeCom takes', () => {
    const data = { text: { zh: '长'.repeat(5_000), en: '' } };
    const { text } = bodyFor('wecom', JSON.stringify({ type: 'alert.x', data }));
    expect(Buffer.byteLength(text.content)).toBeLessThanOrEqual(2_048);
    expect(text.content).toMatch(/长…$/);
  });

  it('is signed where the bot has a secret: DingTalk in the address, Feishu in the body, WeCom not at all', () => {
    const ms = String(NOW.getTime());
    const s = ms.slice(0, -3);
    const dingtalk = botRequest('dingtalk', alert, 'SEC0123', NOW);
    const byHand = createHmac('sha256', 'SEC0123').update(`${ms}\nSEC0123`).digest('base64');
    expect(dingtalk.query).toEqual({ timestamp: ms, sign: byHand });
    const feishu = botRequest('feishu', alert, 'f-secret', NOW);
    const empty = createHmac('sha256', `${s}\nf-secret`).update('').digest('base64');
    expect(feishu).toMatchObject({ query: {}, body: { timestamp: s, sign: empty, msg_type: 'text' } });
    expect(botRequest('wecom', alert, 'x', NOW)).toEqual(botRequest('wecom', alert, null, NOW));
  });

  it.each([
    ['dingtalk', '{"errcode":0,"errmsg":"ok"}', null],
    ['dingtalk', '{"errcode":310000,"errmsg":"keywords not in content"}', 'the bot answered code 310000'],
    ['wecom', '{"errcode":93000,"errmsg":"invalid webhook url"}', 'the bot answered code 93000'],
    ['feishu', '{"code":0,"msg":"success","data":{}}', null],
    ['feishu', '{"code":19024,"msg":"Key Words Not Found"}', 'the bot answered code 19024'],
    ['feishu', '<html>', 'the bot answered no JSON'],
    ['feishu', '{}', 'the bot answered without a code'],
  ] as const)('to %s that is answered %s with HTTP 200 is judged by the body', (kind, answer, expected) => {
    expect(botRefusal(kind, answer)).toBe(expected);
  });
});
