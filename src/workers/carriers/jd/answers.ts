import { CarrierFault } from '../../../domain/carrier/fault.js';
import { type Verdict, verdictOf } from '../../../domain/carrier/meanings.js';
import type { CarrierRequest, CarrierResponse, CodeRow, RawAnswer, TrackAnswer } from '../../../domain/carrier/port.js';
import { expectOk } from '../http-status.js';
import { asFields, asText, type Fields, parseJson } from '../json-fields.js';
import { meaningOf } from './codes.js';
import type { JdCredentials } from './credentials.js';

/** What an answer of either platform comes to. `gateway`: a failure in front of the service, which may not have acted. */
type JdAnswer<Body> =
  | ({ readonly shape: 'said' } & Body)
  | (RawAnswer & { readonly shape: 'gateway' })
  | { readonly shape: 'other' };

type Effect = CarrierRequest['effect'];

/** `{"error_response":{"code":"…","zh_desc":"…"}}`: of the keys within only `zh_desc` was ever seen. */
function readGateway(body: Fields): RawAnswer | null {
  const failure = asFields(body.error_response);
  return failure && { rawCode: asText(failure.code, 64), rawText: asText(failure.zh_desc) };
}

/**
 * The answer of one of the two platforms; `read` knows its form and gives null for any other. Throws what HTTP says,
 * except that a 4xx with a failure that the account knows is that failure.
 */
export function readAnswer<Body extends object>(
  response: CarrierResponse,
  effect: Effect,
  keys: JdCredentials,
  read: (body: Fields) => Body | null,
): JdAnswer<Body> {
  const body = asFields(parseJson(response.text));
  const gateway = body && readGateway(body);
  const refusedByHttp = response.status >= 400 && response.status < 500 && response.status !== 429;
  const explained = gateway && meaningOf({}, keys.meanings, gateway.rawCode, gateway.rawText) !== undefined;
  if (!(refusedByHttp && explained)) expectOk(response, effect);
  if (gateway) return { shape: 'gateway', ...gateway };
  const said = body && read(body);
  return said ? { shape: 'said', ...said } : { shape: 'other' };
}

/** What a no says of the parcel; null: nobody explained it. Throws CarrierFault for what says nothing of it. */
export function jdVerdict(
  { rawCode, rawText }: RawAnswer,
  documented: Readonly<Record<string, CodeRow>>,
  effect: Effect,
  keys: JdCredentials,
): Verdict {
  // Not the answer's words: a gateway may quote what we sent.
  return verdictOf(meaningOf(documented, keys.meanings, rawCode, rawText), effect, `JD answered ${rawCode}`.trimEnd(), {
    rawCode,
  });
}

/** A failure of the gateway after a write: as the account explains it, else it may have come before or after JD acted. */
export function gatewayVerdict(raw: RawAnswer, keys: JdCredentials): Exclude<Verdict, null> {
  const verdict = jdVerdict(raw, {}, 'write', keys);
  if (verdict !== null) return verdict;
  throw new CarrierFault(
    'outcome_unknown',
    `JD's gateway answered ${raw.rawCode || 'no code'}, which is not documented`,
    {
      rawCode: raw.rawCode,
    },
  );
}

/** An answer to a write that none of JD's documents has. */
export function notDocumented(what: string, rawCode?: string): CarrierFault {
  return new CarrierFault('outcome_unknown', what, { rawCode });
}

/**
 * A look at the track that JD refused: `empty` if the account says that these words mean "no trace yet", else throws
 * CarrierFault, since the track was not looked at (R67).
 */
export function refusedLook(raw: RawAnswer, keys: JdCredentials): TrackAnswer {
  const verdict = jdVerdict(raw, {}, 'read', keys);
  if (verdict === 'not_yet') return { kind: 'empty' };
  const kind = verdict === null ? 'contract_broken' : 'bad_request';
  throw new CarrierFault(kind, `JD did not show the track: ${raw.rawCode}`, { rawCode: raw.rawCode });
}
