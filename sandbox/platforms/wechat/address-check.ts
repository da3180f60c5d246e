import { z } from 'zod';
import type { ControlRoute } from '../../frame/control.js';
import type { WechatOptions } from './options.js';
import { signature } from './sign.js';

const ANSWER_WITHIN_MS = 5_000;
const ASKED = z.strictObject({
  targetUrl: z.url({ protocol: /^https?$/ }),
  sign: z.enum(['right', 'wrong']).default('right'),
});

/**
 * What the console asks of an address when it is saved: a GET with `echostr`, which wants that text back. It tells of
 * nothing, so it is no ledger line. `POST /_twin/address-check {targetUrl, sign?}` asks once, `GET` tells how many passed.
 */
export class AddressCheck {
  #asked = 0;
  #passed = 0;
  #failed = 0;

  constructor(readonly options: WechatOptions) {}

  get routes(): readonly ControlRoute[] {
    return [
      {
        method: 'POST',
        path: '/_twin/address-check',
        effect: 'read',
        handle: ({ body, at }) => {
          const { targetUrl, sign } = ASKED.parse(body);
          void this.#ask(targetUrl, at, sign === 'right');
          return { status: 202, body: {} };
        },
      },
      {
        method: 'GET',
        path: '/_twin/address-check',
        effect: 'read',
        handle: () => ({ status: 200, body: { asked: this.#asked, passed: this.#passed, failed: this.#failed } }),
      },
    ];
  }

  async #ask(targetUrl: string, at: number, right: boolean): Promise<void> {
    this.#asked += 1;
    const [timestamp, nonce, echostr] = [String(Math.floor(at / 1000)), '415670741', `echo-${this.#asked}`];
    const sign = signature(right ? this.options.token : `${this.options.token}!`, timestamp, nonce);
    const url = new URL(targetUrl);
    for (const [name, value] of Object.entries({ signature: sign, timestamp, nonce, echostr })) {
      url.searchParams.set(name, value);
    }
    const passed = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).then(
      async (answer) => answer.status === 200 && (await answer.text()) === echostr,
      () => false,
    );
    if (passed) this.#passed += 1;
    else this.#failed += 1;
  }
}
