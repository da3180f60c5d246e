import { z } from 'zod';
import type { ControlRoute } from '../../frame/control.js';
import { post } from '../../frame/post.js';

const ANSWER_WITHIN_MS = 5_000;
const ASKED = z.strictObject({ targetUrl: z.url({ protocol: /^https?$/ }) });

/**
 * What the console posts when an address is saved: `{"test":true}`, which wants HTTP 200. It tells of nothing, so it is no
 * ledger line. `POST /_twin/address-check {targetUrl}` sends one, `GET` tells how many were answered well.
 */
export class AddressCheck {
  #sent = 0;
  #passed = 0;

  get routes(): readonly ControlRoute[] {
    return [
      {
        method: 'POST',
        path: '/_twin/address-check',
        effect: 'read',
        handle: ({ body }) => {
          void this.#send(ASKED.parse(body).targetUrl);
          return { status: 202, body: {} };
        },
      },
      {
        method: 'GET',
        path: '/_twin/address-check',
        effect: 'read',
        handle: () => ({ status: 200, body: { sent: this.#sent, passed: this.#passed } }),
      },
    ];
  }

  async #send(url: string): Promise<void> {
    this.#sent += 1;
    const answer = await post(url, { 'content-type': 'application/json' }, '{"test":true}', ANSWER_WITHIN_MS);
    if (!('error' in answer) && answer.status === 200) this.#passed += 1;
  }
}
