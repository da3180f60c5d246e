import { z } from 'zod';
import type { ControlRoute } from '../../frame/control.js';
import { post } from '../../frame/post.js';
import type { KuaishouOptions, KuaishouSwitches } from './options.js';
import { ACK_WITHIN_MS, acknowledged } from './push-way.js';
import { encrypted } from './sign.js';

const TEXT = '{"test":true}';
const ASKED = z.strictObject({ targetUrl: z.url({ protocol: /^https?$/ }) });

/**
 * The test message that the platform sends when an address is saved, and all the time after. It tells of nothing, so it
 * is no ledger line. `POST /_twin/heart-beat {targetUrl}` sends one, `GET` tells how many were acknowledged.
 */
export class HeartBeat {
  #sent = 0;
  #acknowledged = 0;

  constructor(
    readonly options: KuaishouOptions,
    readonly switches: KuaishouSwitches,
  ) {}

  get routes(): readonly ControlRoute[] {
    return [
      {
        method: 'POST',
        path: '/_twin/heart-beat',
        effect: 'read',
        handle: ({ body }) => {
          void this.#send(ASKED.parse(body).targetUrl);
          return { status: 202, body: {} };
        },
      },
      {
        method: 'GET',
        path: '/_twin/heart-beat',
        effect: 'read',
        handle: () => ({ status: 200, body: { sent: this.#sent, acknowledged: this.#acknowledged } }),
      },
    ];
  }

  async #send(url: string): Promise<void> {
    this.#sent += 1;
    const plain = this.switches.values.heartBeat === 'plain';
    const body = plain ? TEXT : encrypted(TEXT, this.options['message-key']);
    const answer = await post(url, { 'content-type': 'text/plain;charset=utf-8' }, body, ACK_WITHIN_MS);
    if (!('error' in answer) && acknowledged(answer.status, answer.body)) this.#acknowledged += 1;
  }
}
