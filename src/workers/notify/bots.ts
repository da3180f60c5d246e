import { z } from 'zod';

/**
 * Text messages of the three chat bots. Shapes and answers as their public guides give them (custom robots:
 * DingTalk "custom-robot-access", Feishu "add-custom-bot", WeCom document 91770). Tried against no real bot.
 */
const BOTS = {
  dingtalk: {
    wrap: (content: string) => ({ msgtype: 'text', text: { content } }),
    answer: z.object({ errcode: z.number() }).transform(({ errcode }) => errcode),
  },
  wecom: {
    wrap: (content: string) => ({ msgtype: 'text', text: { content } }),
    answer: z.object({ errcode: z.number() }).transform(({ errcode }) => errcode),
  },
  feishu: {
    wrap: (text: string) => ({ msg_type: 'text', content: { text } }),
    answer: z.object({ code: z.number() }).transform(({ code }) => code),
  },
} as const;

export type BotKind = keyof typeof BOTS;

/** WeCom takes 2048 bytes; three a Chinese character. */
const MOST_CHARACTERS = 600;

const TEXT = z.object({ zh: z.string(), en: z.string() });
const MESSAGE = z.object({
  type: z.string(),
  data: z.looseObject({
    text: TEXT.optional(),
    reasonText: TEXT.optional(),
    nextStep: TEXT.optional(),
    waybillNo: z.string().optional(),
    state: z.string().optional(),
  }),
});

/** What a person reads in the chat. 截件 is in every message, so that it can be the bot's keyword. */
function wordsOf(body: string): string {
  const { type, data } = MESSAGE.parse(JSON.parse(body));
  const { text, reasonText, nextStep, waybillNo, state } = data;
  const head = ['【截件】', waybillNo, text || !state ? undefined : state].filter(Boolean).join(' ');
  const lines = (['zh', 'en'] as const).map((language) =>
    [text, reasonText, nextStep].map((one) => one?.[language] ?? '').join(''),
  );
  return [head, ...lines, type].filter(Boolean).join('\n').slice(0, MOST_CHARACTERS);
}

/** The body a bot takes for a message of ours. */
export function botBody(kind: BotKind, body: string): string {
  return JSON.stringify(BOTS[kind].wrap(wordsOf(body)));
}

/** Why a bot did not take a message it answered with HTTP 200; null when it did. Bots put failures into the body. */
export function botRefusal(kind: BotKind, text: string): string | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'the bot answered no JSON';
  }
  const code = BOTS[kind].answer.safeParse(json);
  if (!code.success) return 'the bot answered without a code';
  return code.data === 0 ? null : `the bot answered code ${code.data}`;
}
