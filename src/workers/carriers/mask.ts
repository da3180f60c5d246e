import { parseLossless } from '../../domain/lossless.js';
import { PHONES } from '../../domain/phones.js';
import type { Exchange } from './http.js';
import { clip, clipHeaders } from './mask-size.js';

/** What may be kept of a call in `attempt.exchange`: at most 4 KiB each way as JSON. */
export interface MaskedExchange {
  readonly request: Masked & { readonly method: string; readonly path: string };
  readonly response: (Masked & { readonly status: number }) | null;
  readonly fault: { readonly kind: string; readonly message: string } | null;
}
interface Masked {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const BLANK = '***';
/** Together with names, braces and numbers below 4 KiB a side. */
const HEADER_BYTES = 1024;
const PATH_BYTES = 256;
const BODY_BYTES = 2560;
/** Free text is looked through so far; less than this is kept. */
const LOOSE_CHARS = 8192;

/** Names that hold what signs or opens a request. */
const SECRET =
  /digest|sign$|^sign|app-?_?key|company-?_?id|token|secret|authorization|cookie|password|check-?word|api-?account|^session$/i;
/** Names that hold a person's phone, name or address, or free text in which a courier writes them. */
const PERSONAL =
  /phone|mobile|tel$|address|addr$|contact|receive|sender|consignee|signer|signman|operateuser|^courier|^desc$|description|remark|memo|processinfo|name$/i;
/** Names of things, not of persons. */
const THING = /(status|facility|org|site|station|node|city|prov|type|service|api|shop|company|dept|category)_?name$/i;
/** What an exchange is kept for: to the letter, even where it looks like a phone number. */
const KEPT = new Set(
  [
    ...['billCode', 'waybillNo', 'waybill_No', 'waybillCode', 'mailNo', 'kuaidiNum', 'deliveryId', 'shipId'],
    ...['tracking_no', 'after_sale_id', 'company_code', 'orderCode', 'requestId', 'thirdBizNo', 'centerBizNo'],
    ...['status', 'statusCode', 'code', 'errorCode', 'success', 'destinationType', 'scanType', 'infoContent'],
    ...['resultType', 'stateCode', 'state', 'category'],
  ].map((name) => name.toLowerCase()),
);

/** Blanks phone numbers in free text. */
export function maskPhones(text: string): string {
  return text.replace(PHONES, BLANK);
}

function isHidden(name: string): boolean {
  return !THING.test(name) && (SECRET.test(name) || PERSONAL.test(name));
}

/** `name` is the field the value was found under: array items and the like inherit it. */
function maskValue(value: unknown, name: string, parent: string): unknown {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, name, parent));
  if (typeof value === 'object' && value !== null) {
    if (isHidden(name)) return BLANK;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskValue(inner, key, name)]));
  }
  if (value === null || typeof value === 'boolean' || value === '') return value;
  if (KEPT.has(name.toLowerCase())) return value;
  // A site's or a branch's name is no person's.
  if (isHidden(name) && !(/^name$/i.test(name) && /site|org|station/i.test(parent))) return BLANK;
  if (typeof value === 'string') return maskText(value);
  return maskPhones(String(value)) === String(value) ? value : BLANK;
}

/** Pairs in text that is none of the forms we can take apart: half an answer, an error page, XML. */
const PAIRS = [
  /("([\w-]{1,64})"\s*:\s*)("(?:\\.|[^"\\])*"?|-?\d+)/g,
  /(<([\w:-]{1,64})>)([^<]+)/g,
  /(\b([\w-]{1,64})=)([^&\s"'<>]+)/g,
];

function maskLoose(text: string): string {
  const paired = PAIRS.reduce(
    (left, pair) =>
      left.replace(pair, (whole, before: string, name: string) => (isHidden(name) ? `${before}${BLANK}` : whole)),
    text,
  );
  return maskPhones(paired);
}

/** JSON with its fields masked; null if the text is none, or is nested beyond reason. */
function maskJson(text: string): string | null {
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    return JSON.stringify(maskValue(parseLossless(text), '', ''));
  } catch {
    return null;
  }
}

function maskText(text: string): string {
  return maskJson(text) ?? maskLoose(text.slice(0, LOOSE_CHARS));
}

function maskForm(text: string): string {
  const form = new URLSearchParams(text);
  for (const [name, value] of [...form]) form.set(name, String(maskValue(value, name, '')));
  return form.toString();
}

function maskBody(text: string, contentType = ''): string {
  return /x-www-form-urlencoded/i.test(contentType) ? maskForm(text) : maskText(text);
}

function maskPath(path: string): string {
  const [bare = '', query] = path.split('?', 2);
  return query === undefined ? bare : `${bare}?${maskForm(query)}`;
}

function maskHeaders(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => [name, isHidden(name) ? BLANK : maskPhones(value)]),
  );
}

function contentTypeOf(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
}

/**
 * A call as it may be stored and shown: no keys, digests, phones, names or addresses; waybill, request id and codes stay.
 * `secrets` are the account's credentials, blanked to the letter wherever they turn up (an error page may quote them).
 */
export function maskExchange(
  exchange: Pick<Exchange, 'request' | 'response' | 'fault'>,
  secrets: readonly string[],
): MaskedExchange {
  const { request, response, fault } = exchange;
  const worth = secrets.filter((secret) => secret.length > 4);
  const hide = (text: string): string => worth.reduce((left, secret) => left.replaceAll(secret, BLANK), text);
  const side = (headers: Readonly<Record<string, string | undefined>>, body: string): Masked => {
    const kept = clipHeaders(maskHeaders(headers), HEADER_BYTES, hide);
    return { headers: kept, body: clip(hide(maskBody(body, contentTypeOf(headers))), BODY_BYTES) };
  };
  return {
    request: {
      method: request.method,
      path: clip(hide(maskPath(request.path)), PATH_BYTES),
      ...side(request.headers, request.body),
    },
    response: response && { status: response.status, ...side(response.headers, response.text) },
    fault: fault && { kind: fault.kind, message: fault.message },
  };
}
