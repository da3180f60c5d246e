import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { STEP_REFUSALS } from '../domain/intercept/person-steps.js';
import { DatabaseUnavailable } from '../domain/store/database.js';
import { GOODS_PROBLEMS } from './goods-problems.js';
import { MONEY_PROBLEMS } from './money-problems.js';
import { maskPhones } from './presenters/words.js';
import { SETUP_PROBLEMS } from './setup-problems.js';

interface ProblemRow {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

/** Every way the dashboard says no: RFC 9457 with a stable code for scripts and a text for people in both languages. */
export const PROBLEMS = {
  bad_request: { status: 400, zh: '请求格式有误，未处理。', en: 'The request is malformed and was not processed.' },
  bad_json: { status: 400, zh: '请求体不是有效的 JSON。', en: 'The body is not valid JSON.' },
  unauthenticated: {
    status: 401,
    zh: '未登录或令牌无效。请登录，或使用有效的 API 令牌。',
    en: 'Not logged in, or the token is not valid. Log in, or use a valid API token.',
  },
  wrong_password: { status: 401, zh: '邮箱或密码不正确。', en: 'The email or the password is wrong.' },
  missing_scope: {
    status: 403,
    zh: '没有此操作的权限。请向管理员申请所需的权限范围。',
    en: 'Not allowed to do this. Ask an administrator for the scope that is needed.',
  },
  csrf_token_invalid: {
    status: 403,
    zh: '缺少或错误的 X-CSRF-Token。请从 /api/auth/session 取得后重试。',
    en: 'X-CSRF-Token is missing or wrong. Get it from /api/auth/session and try again.',
  },
  cross_site_request: {
    status: 403,
    zh: '请求来自其他网站，已拒绝。',
    en: 'The request comes from another site and was refused.',
  },
  https_required: {
    status: 403,
    zh: '只能通过 HTTPS 或本机登录。请设置 PUBLIC_URL 为 https 地址。',
    en: 'Logging in works over HTTPS or on this machine only. Set PUBLIC_URL to an https address.',
  },
  not_found: { status: 404, zh: '没有找到。', en: 'There is nothing here by that name.' },
  method_not_allowed: { status: 405, zh: '此地址不支持该方法。', en: 'This address does not take that method.' },
  idempotency_key_reused: {
    status: 409,
    zh: '该 Idempotency-Key 已用于另一个请求体。请换一个键。',
    en: 'This Idempotency-Key was used with another body. Use a new key.',
  },
  answer_awaited: { status: 409, ...STEP_REFUSALS.answer_awaited },
  already_stopped: { status: 409, ...STEP_REFUSALS.already_stopped },
  already_ended: { status: 409, ...STEP_REFUSALS.already_ended },
  not_in_review: { status: 409, ...STEP_REFUSALS.not_in_review },
  stopped_before: { status: 409, ...STEP_REFUSALS.stopped_before },
  nothing_to_retry: { status: 409, ...STEP_REFUSALS.nothing_to_retry },
  nothing_to_ask: { status: 409, ...STEP_REFUSALS.nothing_to_ask },
  moved_on: { status: 409, ...STEP_REFUSALS.moved_on },
  refund_sent: {
    status: 409,
    zh: '退款决定已提交平台，结果以平台状态为准，不会再次提交。',
    en: 'The decision has been sent to the platform; its state decides and nothing is sent again.',
  },
  refund_ended: { status: 409, zh: '该退款已有结果，无需处理。', en: 'This refund has ended; there is nothing to do.' },
  amount_unknown: {
    status: 409,
    zh: '退款金额未知，不能批准。',
    en: 'The amount is not known, so there is nothing exact to approve.',
  },
  ...GOODS_PROBLEMS,
  ...SETUP_PROBLEMS,
  ...MONEY_PROBLEMS,
  event_not_dead: {
    status: 409,
    zh: '该消息不是死信，无需重放。',
    en: 'This message is not a dead letter; there is nothing to replay.',
  },
  too_many_rows: {
    status: 422,
    zh: '符合条件的超过 500 条，一次操作不执行。请缩小筛选范围，或改用批量重放：在后台运行，可随时中止。',
    en: 'More than 500 rows match and nothing was done. Narrow the filter, or use a replay: it runs by itself and can be stopped.',
  },
  import_not_uploading: {
    status: 409,
    zh: '该导入已不再接收文件内容。请新建一次导入。',
    en: 'This import takes no more of its file. Begin a new one.',
  },
  import_chunks_missing: {
    status: 409,
    zh: '文件没有传完整，未处理。请补传缺少的部分。',
    en: 'Not all of the file has arrived; nothing was done. Send what is missing.',
  },
  import_not_previewed: {
    status: 409,
    zh: '该导入不在可执行的状态：可能还在预览，或已有人执行或中止。',
    en: 'This import cannot be run now: it is still being previewed, or somebody has run or aborted it.',
  },
  preview_outdated: {
    status: 409,
    zh: '预览之后情况有变，未执行。请按新的预览再确认。',
    en: 'Things have changed since the preview; nothing was done. Look at the new preview and confirm again.',
  },
  body_too_large: { status: 413, zh: '请求体超过 1 MiB。', en: 'The body is larger than 1 MiB.' },
  unsupported_media_type: {
    status: 415,
    zh: '请求体须为 UTF-8 的 application/json，且不压缩。',
    en: 'The body must be application/json in UTF-8, not compressed.',
  },
  invalid_fields: {
    status: 422,
    zh: '有字段不符合要求，未处理。请按 errors 修改。',
    en: 'Some fields are not as required; nothing was done. Mend what `errors` lists.',
  },
  too_many_requests: {
    status: 429,
    zh: '请求过于频繁。请按 Retry-After 稍后再试。',
    en: 'Too many requests. Try again after Retry-After.',
  },
  too_many_logins: {
    status: 429,
    zh: '登录失败次数过多。请按 Retry-After 稍后再试。',
    en: 'Too many failed logins. Try again after Retry-After.',
  },
  internal_error: {
    status: 500,
    zh: '内部错误，已记录。请凭 requestId 联系技术支持。',
    en: 'Something broke here; it has been logged. Report the requestId.',
  },
  redis_unavailable: {
    status: 503,
    zh: 'Redis 暂不可用，无法核对队列。拦截记录都在数据库中，恢复后自动继续。',
    en: 'Redis cannot be reached, so its queues cannot be compared. All intercepts are in MySQL; work goes on when it is back.',
  },
  unavailable: {
    status: 503,
    zh: '数据库暂不可用。请按 Retry-After 稍后再试。',
    en: 'The database cannot be reached at the moment. Try again after Retry-After.',
  },
} as const satisfies Record<string, ProblemRow>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One field that is not as required; `field` is its path with dots. */
export interface FieldError {
  readonly in: 'body' | 'query' | 'header';
  readonly field: string;
  readonly code: string;
  readonly text: { readonly zh: string; readonly en: string };
}

/** What a problem knows beside its code (RFC 9457 extension members): who did what meanwhile, how many rows there are. */
export type ProblemFacts = Readonly<Record<string, unknown>>;

/** The body of a problem. Never holds a stack, a statement, an internal message or an echo of what was sent. */
export function problemBody(
  code: ProblemCode,
  requestId: string,
  errors?: readonly FieldError[],
  facts: ProblemFacts = {},
): object {
  const { status, zh, en } = PROBLEMS[code];
  const type = `urn:jiejian:problem:${code}`;
  const own = { type, title: en, status, code, detail: en, text: { zh, en }, requestId };
  return { ...own, ...(errors ? { errors } : {}), ...facts };
}

/** Answers with a problem. */
export function sendProblem(
  res: Response,
  code: ProblemCode,
  errors?: readonly FieldError[],
  facts?: ProblemFacts,
): void {
  res
    .status(PROBLEMS[code].status)
    .set('Content-Type', 'application/problem+json; charset=utf-8')
    .set('Cache-Control', 'no-store')
    .end(JSON.stringify(problemBody(code, res.req.requestId, errors, facts)));
}

const OF_TYPE: Readonly<Record<string, ProblemCode>> = {
  'entity.parse.failed': 'bad_json',
  'entity.too.large': 'body_too_large',
  'encoding.unsupported': 'unsupported_media_type',
  'charset.unsupported': 'unsupported_media_type',
};

/** What an error that reached the end of the line means to the outside. */
function problemOf(error: unknown): ProblemCode {
  if (error instanceof DatabaseUnavailable) return 'unavailable';
  if (typeof error !== 'object' || error === null) return 'internal_error';
  const { type, status, code } = error as { type?: unknown; status?: unknown; code?: unknown };
  if (code === 'EBADCSRFTOKEN') return 'csrf_token_invalid';
  if (typeof type === 'string' && OF_TYPE[type]) return OF_TYPE[type];
  return status === 400 ? 'bad_request' : 'internal_error';
}

/** One line of the log: what happened, and with what. */
export type Log = (event: string, fields: Record<string, unknown>) => void;

/** How long to wait for a database that is away, seconds. */
const RETRY_AFTER_S = '2';

/** The last handler: every error becomes a problem; what nobody foresaw is logged with the request's id. */
export function problemHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const code = problemOf(error);
    if (code === 'internal_error') {
      // Not the error itself: a database error carries its statement and values.
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      const masked = { message: maskPhones(message), stack: stack && maskPhones(stack) };
      log('http.request_failed', { requestId: req.requestId, name, ...masked });
    }
    if (res.headersSent) {
      req.destroy();
      return;
    }
    if (code === 'unavailable') res.set('Retry-After', RETRY_AFTER_S);
    sendProblem(res, code);
  };
}

/** Nothing is mounted at this address. */
export const notFound: RequestHandler = (_req, res) => sendProblem(res, 'not_found');

/** The address exists, but not for this method. `allowed` as in the Allow header. */
export function methodNotAllowed(allowed: string): RequestHandler {
  return (_req, res) => sendProblem(res.set('Allow', allowed), 'method_not_allowed');
}
