import type { CallContext } from '../../src/domain/carrier/port.js';
import type { PollPage, PollWindow } from '../../src/domain/platform/poll.js';
import type { PlatformAdapter, PlatformEvent, RawWebhook } from '../../src/domain/platform/port.js';
import { createSender } from '../../src/workers/carriers/http.js';
import type { Received } from './scripted-server.js';

/** A request that came over HTTP, as an adapter reads it. */
export function webhookOf({ path, headers, body }: Received): RawWebhook {
  const single = Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const url = new URL(path, 'http://receiver');
  return {
    body: Buffer.from(body),
    headers: Object.fromEntries(single),
    query: Object.fromEntries(url.searchParams),
    path: url.pathname,
  };
}

/** What the inbox would hold of a webhook, read: verified, cut, understood. Throws where it is not from the platform. */
export function eventsOf(adapter: PlatformAdapter, received: Received): readonly PlatformEvent[] {
  const webhook = webhookOf(received);
  if (!adapter.verify(webhook)) throw new Error('the webhook is not verified');
  return adapter.envelopes(webhook).map(({ payload }) => adapter.read(payload));
}

/** A way to the platform at this address, with an end. */
export function wayTo(baseUrl: string): CallContext & { close(): Promise<void> } {
  const sender = createSender({ baseUrl, timeoutMs: 10_000, connections: 4 });
  return { send: (request) => sender.send(request), close: () => sender.close() };
}

/** The after-sales that all pages of one window name, as the runner would ask for them. */
export async function pollAll(adapter: PlatformAdapter, window: PollWindow, ctx: CallContext): Promise<string[]> {
  const found: string[] = [];
  let token: string | null = null;
  do {
    const page: PollPage | undefined = await adapter.poll?.page(window, token, ctx, Date.now());
    for (const { payload } of page?.envelopes ?? []) {
      const event = adapter.read(payload);
      if (event.kind === 'after_sale') found.push(event.afterSaleId);
    }
    token = page?.next ?? null;
  } while (token !== null && found.length < 1_000);
  return found;
}
