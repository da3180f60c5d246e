import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type {
  CallContext,
  CarrierAdapter,
  CarrierManifest,
  CarrierPlugin,
  CreateAnswer,
  InterceptCommand,
  RawPush,
  StatusAnswer,
} from '../../src/domain/carrier/port.js';
import type { ParcelPhase } from '../../src/domain/tracking/sighting.js';
import { createSender, type Exchange } from '../../src/workers/carriers/http.js';
import { type Reply, type ScriptedServer, scriptedServer } from '../support/scripted-server.js';

/** One scan, in the courier's own word. */
export interface Scan {
  readonly code: string;
  readonly at: Date;
}

/** How the courier speaks: its answers, in its own wire format, written without the adapter's code. */
export interface CarrierWire {
  accepted(carrierRef: string): Reply;
  /** Where an accepted answer shows what `accepted` was told: a courier that gives no number has it in its text. */
  readonly numberIn?: 'carrierRef' | 'rawText';
  /** The failure answer with this code, the same for all verbs. */
  failed(code: string): Reply;
  /** Failure codes that are in no table. */
  readonly unknownCodes: readonly string[];
  /** Answers to a send that look like a yes and are not the documented one. */
  readonly almostAccepted: readonly Reply[];
  readonly badCredentials: Reply;
  readonly throttled: Reply;
  readonly cancelled?: Reply;
  readonly status?: {
    readonly known: Partial<Record<StatusAnswer['kind'], readonly Reply[]>>;
    readonly unknown: readonly Reply[];
  };
  readonly track?: {
    found(scans: readonly Scan[]): Reply;
    readonly empty: Reply;
    readonly phases: Readonly<Record<string, ParcelPhase>>;
  };
  readonly push?: {
    genuine(scan: Scan): RawPush;
    /** Signed as it should be, and not readable. */
    readonly unreadable: readonly RawPush[];
    readonly phases: Readonly<Record<string, ParcelPhase>>;
  };
}

export interface CarrierHarness {
  readonly plugin: CarrierPlugin;
  readonly credentials: Readonly<Record<string, unknown>>;
  /** Values of the credentials that may turn up in no fault and in no kept exchange. */
  readonly secrets: readonly string[];
  readonly command: InterceptCommand;
  readonly wire: CarrierWire;
}

/** A case of the shared suite, as data: the negative control calls them too. */
export interface CarrierCase {
  readonly name: string;
  readonly applies?: (manifest: CarrierManifest) => boolean;
  readonly run: (harness: CarrierHarness) => Promise<void>;
}

export interface Rig {
  readonly adapter: CarrierAdapter;
  readonly server: ScriptedServer;
  readonly ctx: CallContext;
  readonly exchanges: readonly Exchange[];
}

/** The deadline of the suite's calls, ms: so long that a busy machine cannot cut off what ends by itself. */
export const TIMEOUT_MS = 10_000;
/** The deadline of a call that nobody answers, ms. */
export const SILENCE_MS = 1_000;

/** The adapter as an account would make it. */
export function adapterOf({ plugin, credentials }: CarrierHarness): CarrierAdapter {
  return plugin.create(plugin.manifest.credentials.parse(credentials));
}

/** Runs `body` with the adapter wired to a real server that gives `reply`. */
export async function withCarrier(
  harness: CarrierHarness,
  reply: Reply | Parameters<ScriptedServer['answer']>[0],
  body: (rig: Rig) => Promise<void>,
  timeoutMs = TIMEOUT_MS,
): Promise<void> {
  const server = await scriptedServer();
  server.answer(reply);
  const exchanges: Exchange[] = [];
  const onExchange = (exchange: Exchange): void => {
    exchanges.push(exchange);
  };
  const sender = createSender({ baseUrl: server.baseUrl, timeoutMs, connections: 20, onExchange });
  try {
    await body({ adapter: adapterOf(harness), server, ctx: sender, exchanges });
  } finally {
    await sender.close();
    await server.close();
  }
}

export const VERBS = ['create', 'cancel', 'status', 'track'] as const;
export type Verb = (typeof VERBS)[number];

/** The verbs that this courier has. */
export function verbsOf(manifest: CarrierManifest): readonly Verb[] {
  return VERBS.filter((verb) => verb === 'create' || manifest.capabilities[verb]);
}

/** The fault a call ends in; an answer, or any other error, fails the case. */
export async function faultOf(call: Promise<unknown>): Promise<CarrierFault> {
  const outcome = await call.then(
    (answer) => ({ answer }),
    (error: unknown) => error,
  );
  if (outcome instanceof CarrierFault) return outcome;
  throw new Error(`expected a CarrierFault, got ${outcome instanceof Error ? outcome : JSON.stringify(outcome)}`);
}

/** What an accepted answer repeats of `wire.accepted(…)`; any other answer by its kind. */
export function numberOf({ wire }: CarrierHarness, answer: CreateAnswer): string | null {
  return answer.kind === 'accepted' ? answer[wire.numberIn ?? 'carrierRef'] : answer.kind;
}

/** What must happen to a call without a trustworthy answer. */
export function openKind(verb: Verb): 'outcome_unknown' | 'unavailable' {
  return verb === 'create' || verb === 'cancel' ? 'outcome_unknown' : 'unavailable';
}
