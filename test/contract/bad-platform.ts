import type { CallContext, CarrierResponse } from '../../src/domain/carrier/port.js';
import type {
  PlatformAdapter,
  PlatformEvent,
  PlatformManifest,
  PlatformPlugin,
} from '../../src/domain/platform/port.js';
import type { SocketSession } from '../../src/domain/platform/socket.js';
import type { PlatformHarness } from './platform-harness.js';

/** A mistake of the kind integrations really make, and the cases of the shared suite that must catch it. */
export interface PlatformMistake {
  readonly name: string;
  readonly caughtBy: readonly string[];
  readonly adapter?: (good: PlatformAdapter, harness: PlatformHarness) => Partial<PlatformAdapter>;
  readonly session?: (good: SocketSession, harness: PlatformHarness) => Partial<SocketSession>;
  readonly manifest?: (good: PlatformManifest) => Partial<PlatformManifest>;
  readonly plugin?: (good: PlatformPlugin) => Partial<PlatformPlugin>;
}

function withBadSession(adapter: PlatformAdapter, mistake: PlatformMistake, h: PlatformHarness): PlatformAdapter {
  const { socket } = adapter;
  if (!socket || !mistake.session) return adapter;
  const session = (): SocketSession => {
    const good = socket.session();
    return { ...good, ...mistake.session?.(good, h) };
  };
  return { ...adapter, socket: { ...socket, session } };
}

/** The harness of a good platform with one mistake built in. */
export function withPlatformMistake(harness: PlatformHarness, mistake: PlatformMistake): PlatformHarness {
  const { plugin } = harness;
  const manifest = { ...plugin.manifest, ...mistake.manifest?.(plugin.manifest) };
  const bad: PlatformPlugin = {
    ...plugin,
    ...mistake.plugin?.(plugin),
    manifest,
    create(credentials) {
      const good = { ...plugin.create(credentials), manifest };
      return withBadSession({ ...good, ...mistake.adapter?.(good, harness) }, mistake, harness);
    },
  };
  return { ...harness, plugin: bad };
}

/** The same event with other facts. */
export function reworded(
  event: PlatformEvent,
  change: (facts: Extract<PlatformEvent, { kind: 'after_sale' }>['update']['facts']) => object,
): PlatformEvent {
  if (event.kind !== 'after_sale') return event;
  const { facts } = event.update;
  return { ...event, update: { ...event.update, facts: { ...facts, ...change(facts) } } };
}

/** A context whose answers are changed on their way. */
export function listening(ctx: CallContext, change: (response: CarrierResponse) => CarrierResponse): CallContext {
  return { send: async (request) => change(await ctx.send(request)) };
}
