import { z } from 'zod';
import type { ControlRoute } from '../frame/control.js';

const DISCONNECT = z.strictObject({
  /** `reset`: the connections break without a word; `close`: they are closed in the protocol's way. */
  how: z.enum(['reset', 'close']).default('reset'),
  /** New connections are refused (HTTP 503) for this long, scaled. */
  refuseForMs: z.number().nonnegative().default(0),
});

export interface ControlledSockets {
  clients(): readonly object[];
  /** `refuseUntil` in unix milliseconds; returns how many connections were ended. */
  disconnect(how: 'reset' | 'close', refuseUntil: number): number;
  scaled(ms: number): number;
}

/**
 * Control calls of a door with sockets: `POST /disconnect {how?, refuseForMs?}` → `{disconnected}` ·
 * `GET /clients` → `{clients: [{id, group, since, ready, holds}]}`.
 */
export function socketControls(sockets: ControlledSockets): readonly ControlRoute[] {
  return [
    {
      method: 'POST',
      path: '/_twin/disconnect',
      effect: 'change',
      handle: ({ body, at }) => {
        const { how, refuseForMs } = DISCONNECT.parse(body ?? {});
        return { status: 200, body: { disconnected: sockets.disconnect(how, at + sockets.scaled(refuseForMs)) } };
      },
    },
    {
      method: 'GET',
      path: '/_twin/clients',
      effect: 'read',
      handle: () => ({ status: 200, body: { clients: sockets.clients() } }),
    },
  ];
}
