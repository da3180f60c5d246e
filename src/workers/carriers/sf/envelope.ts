import { CarrierFault } from '../../../domain/carrier/fault.js';
import { taughtMeaning, type Verdict, verdictOf } from '../../../domain/carrier/meanings.js';
import type { CarrierRequest, CarrierResponse, RawAnswer } from '../../../domain/carrier/port.js';
import { expectOk } from '../http-status.js';
import { asFields, asText, parseJson } from '../json-fields.js';
import { lookUp } from '../look-up.js';
import { DONE, PASSED, SF_CODES } from './codes.js';
import type { SfCredentials } from './credentials.js';

/** Who answered: the gateway, which let nothing through, or the service behind it. */
type SfAnswer =
  | (RawAnswer & { readonly from: 'gateway' })
  | (RawAnswer & { readonly from: 'service'; readonly success: boolean; readonly msgData: unknown });

/** A yes of the service with what it carries, or a no with what it says of the parcel (null: nobody explained it). */
export type Said =
  | (RawAnswer & { readonly done: true; readonly msgData: unknown })
  | (RawAnswer & { readonly done: false; readonly verdict: Verdict });

/**
 * `{"apiResultCode":"A1000","apiErrorMsg":"","apiResultData":"{…}"}`; the data is JSON as text for most services and an
 * object for some: `{"success":true,"errorCode":"S0000","errorMsg":null,"msgData":…}`. Null: it is neither, or a refusal
 * of the gateway around a yes.
 */
function read(text: string): SfAnswer | null {
  const body = asFields(parseJson(text));
  if (typeof body?.apiResultCode !== 'string' || body.apiResultCode === '') return null;
  const given = body.apiResultData;
  const data = asFields(typeof given === 'string' ? parseJson(given) : given);
  if (body.apiResultCode !== PASSED) {
    const refused = { rawCode: body.apiResultCode.slice(0, 64), rawText: asText(body.apiErrorMsg) };
    return data?.success === true ? null : { from: 'gateway', ...refused };
  }
  if (typeof data?.success !== 'boolean') return null;
  const raw = { rawCode: asText(data.errorCode, 64), rawText: asText(data.errorMsg) };
  return { from: 'service', success: data.success, ...raw, msgData: data.msgData };
}

function meaningOf({ rawCode, rawText }: RawAnswer, keys: SfCredentials) {
  // What SF documents cannot be taught to mean something else; what it documents without an explanation can.
  const documented = lookUp(SF_CODES, rawCode)?.means;
  const explained = documented === 'courier_unknown_code' ? undefined : documented;
  return explained ?? taughtMeaning(keys.meanings, rawCode, rawText) ?? documented;
}

/** Something that says neither yes nor no: open after a write, broken on a read. */
function open(effect: CarrierRequest['effect'], message: string, rawCode?: string): CarrierFault {
  return new CarrierFault(effect === 'write' ? 'outcome_unknown' : 'contract_broken', message, { rawCode });
}

/** What a no says of the parcel. Throws CarrierFault for what says nothing of it. */
function verdictFor(answer: RawAnswer, effect: CarrierRequest['effect'], keys: SfCredentials): Verdict {
  const { rawCode } = answer;
  // Our table's words, not the answer's: a gateway may quote what we sent.
  const message = `SF answered ${rawCode} ${lookUp(SF_CODES, rawCode)?.text ?? ''}`.trimEnd();
  return verdictOf(meaningOf(answer, keys), effect, message, { rawCode });
}

/** With which HTTP status the gateway refuses is not documented; a wrong key must stop the lane either way. */
function refusedByHttp({ status }: CarrierResponse): boolean {
  return status >= 400 && status < 500 && status !== 429;
}

function readAnswer(response: CarrierResponse, effect: CarrierRequest['effect'], keys: SfCredentials): SfAnswer {
  const answer = read(response.text);
  const explained = refusedByHttp(response) && answer?.from === 'gateway' && meaningOf(answer, keys) !== undefined;
  if (!explained) expectOk(response, effect);
  if (!answer) throw open(effect, 'the answer is not the JSON that SF documents');
  return answer;
}

/**
 * A yes is A1000 with `success: true` and S0000, nothing less. A no of the service with a code in digits is about the
 * parcel; any other no that nobody explained may come from before or after SF acted. Throws CarrierFault.
 */
export function readSaid(response: CarrierResponse, effect: CarrierRequest['effect'], keys: SfCredentials): Said {
  const answer = readAnswer(response, effect, keys);
  const { rawCode, rawText } = answer;
  if (answer.from === 'service') {
    const { success, msgData } = answer;
    if (success !== (rawCode === DONE)) throw open(effect, `SF answered success ${success} with ${rawCode}`, rawCode);
    if (success) return { done: true, rawCode, rawText, msgData };
  }
  const verdict = verdictFor(answer, effect, keys);
  const ofTheParcel = answer.from === 'service' && /^\d+$/.test(rawCode);
  if (verdict === null && !ofTheParcel) throw open(effect, `SF answered ${rawCode}, which is not documented`, rawCode);
  return { done: false, rawCode, rawText, verdict };
}

/**
 * The token of an answer to "give me a token". No answer here says anything of a parcel, so the faults are those that let
 * an order be sent later: `throttled`, `unavailable`, and `credentials` for whatever SF calls our mistake.
 */
export function readToken(response: CarrierResponse, keys: SfCredentials): string {
  const body = asFields(parseJson(response.text));
  const rawCode = asText(body?.apiResultCode, 64);
  const raw = { rawCode, rawText: asText(body?.apiErrorMsg) };
  const means = rawCode === '' || rawCode === PASSED ? undefined : meaningOf(raw, keys);
  const ours = means === 'credentials' || means === 'bad_request';
  if (ours && (response.status === 200 || refusedByHttp(response)))
    throw new CarrierFault('credentials', `SF gave no token: ${rawCode}`, { rawCode });
  expectOk(response, 'read');
  if (means === 'throttled') throw new CarrierFault('throttled', `SF gave no token: ${rawCode}`, { rawCode });
  const token = body?.accessToken;
  if (rawCode !== PASSED || typeof token !== 'string' || token === '') {
    throw new CarrierFault('unavailable', 'SF gave no token', { rawCode });
  }
  return token;
}
