import { createHmac } from 'node:crypto';
import { z } from 'zod';

interface Bot {
  readonly wrap: (content: string) => object;
  /** The code in the body of its answer; 0 is yes. */
  readonly answer: z.ZodType<number>;
  /** Bytes of text that it takes. */
  readonly mostBytes: number;
  /** Adds a signature, where the bot has one (加签). */
  readonly sign?: (request: BotRequest, secret: string, at: Date) => BotRequest;
}

/** What is posted: `query` is added to the bot's own address. */
export interface BotRequest {
  readonly query: Readonly<Record<string, string>>;
  readonly body: object;
}

const errcode = z.object({ errcode: z.number() }).transform((said) => said.errcode);
const text = (content: string) => ({ msgtype: 'text', text: { content } });

/**
 * Text messages of the three chat bots. Shapes, limits, answers and signatures as their public guides give them (custom
 * robots: DingTalk "custom-robot-access", Feishu "add-custom-bot", WeCom document 91770); docs/webhooks.md has the sources.
 * Tried against no real bot.
 */
const BOTS = {
  dingtalk: {
    wrap: text,
    answer: errcode,
    mostBytes: 15_000,
    // The key is the secret, the message is time and secret; the time is in ms.
    sign: ({ body }, secret, at) => {
      const timestamp = String(at.getTime());
      const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
      return { body, query: { timestamp, sign } };
    },
  },
  wecom: { wrap: text, answer: errcode, mostBytes: 2_048 },
  feishu: {
    wrap: (content) => ({ msg_type: 'text', content: { text: content } }),
    answer: z.object({ code: z.number() }).transform((said) => said.code),
    mostBytes: 15_000,
    // Here time and secret are the key, and the message is empty; the time is in seconds.
    sign: ({ query, body }, secret, at) => {
      const timestamp = String(Math.floor(at.getTime() / 1_000));
      const sign = createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
      return { query, body: { timestamp, sign, ...body } };
    },
  },
} as const satisfies Record<string, Bot>;

export type BotKind = keyof typeof BOTS;
const botOf = (kind: BotKind): Bot => BOTS[kind];

const TEXT = z.object({ zh: z.string(), en: z.string() });
const MESSAGE = z.object({
  type: z.string(),
  data: z.looseObject({
    text: TEXT.optional(),
    reasonText: TEXT.optional(),
    nextStep: TEXT.optional(),
    waybillNo: z.string().optional(),
    owner: z.string().optional(),
    state: z.string().optional(),
  }),
});

/** As much of a text as fits, whole characters. */
function cut(content: string, mostBytes: number): string {
  if (Buffer.byteLength(content) <= mostBytes) return content;
  const ellipsis = '…';
  let room = mostBytes - Buffer.byteLength(ellipsis);
  let kept = '';
  for (const char of content) {
    room -= Buffer.byteLength(char);
    if (room < 0) break;
    kept += char;
  }
  return kept + ellipsis;
}

/** What a person reads in the chat. 截件 is in every message, so that it can be the bot's keyword. */
function wordsOf(body: string): string {
  const { type, data } = MESSAGE.parse(JSON.parse(body));
  const { text: said, reasonText, nextStep, waybillNo, owner, state } = data;
  const head = ['【截件】', waybillNo, owner, said || !state ? undefined : state].filter(Boolean).join(' ');
  const lines = (['zh', 'en'] as const).map((language) =>
    [said, reasonText, nextStep].map((one) => one?.[language] ?? '').join(''),
  );
  return [head, ...lines, type].filter(Boolean).join('\n');
}

/** What a bot is sent for a message of ours; `secret` is that of a signed bot. */
export function botRequest(kind: BotKind, body: string, secret: string | null, at: Date): BotRequest {
  const { wrap, mostBytes, sign } = botOf(kind);
  const plain = { query: {}, body: wrap(cut(wordsOf(body), mostBytes)) };
  return secret === null || !sign ? plain : sign(plain, secret, at);
}

/** Why a bot did not take a message it answered with HTTP 200; null when it did. Bots put failures into the body. */
export function botRefusal(kind: BotKind, answer: string): string | null {
  let json: unknown;
  try {
    json = JSON.parse(answer);
  } catch {
    return 'the bot answered no JSON';
  }
  const code = botOf(kind).answer.safeParse(json);
  if (!code.success) return 'the bot answered without a code';
  return code.data === 0 ? null : `the bot answered code ${code.data}`;
}
