import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { type RefusalCode, refuse } from './refusals.js';

/** Limits of contract section 5, bytes. Checked constants: a limit nobody can parse would switch itself off (S1). */
export const WEBHOOK_LIMIT_BYTES = 64 * 1024;
export const CALLBACK_LIMIT_BYTES = 1024 * 1024;

const BODY_TIMEOUT_MS = 5_000;

const OF_TYPE: Readonly<Record<string, RefusalCode>> = {
  'entity.too.large': 'body_too_large',
  'encoding.unsupported': 'encoding_unsupported',
};

function refusalOf(error: unknown): RefusalCode {
  const type = typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : '';
  return OF_TYPE[type] ?? 'body_unreadable';
}

/**
 * Reads the body as the bytes that were signed: whatever the content type, never inflated, never parsed. Answers 413,
 * 415, 400 and 408 itself. Afterwards `bodyOf(req)` has the bytes.
 */
export function rawBody(limitBytes: number, timeoutMs: number = BODY_TIMEOUT_MS): RequestHandler {
  const read = express.raw({ type: () => true, limit: limitBytes, inflate: false });
  return (req: Request, res: Response, next: NextFunction): void => {
    if (Number(req.headers['content-length']) > limitBytes) {
      giveUp(req, res, 'body_too_large');
      return;
    }
    const timer = setTimeout(() => giveUp(req, res, 'body_too_slow'), timeoutMs);
    read(req, res, (error?: unknown) => {
      clearTimeout(timer);
      if (error !== undefined) refuse(res, refusalOf(error));
      else if (!res.headersSent) next();
    });
  };
}

/** A connection closed with unread bytes is reset, which may take our answer with it: read on for a moment first. */
const LINGER_MS = 250;

/** Answers while the body is still coming; a sender that does not stop is cut off. */
function giveUp(req: Request, res: Response, code: RefusalCode): void {
  const cutOff = () => {
    if (!req.complete) req.destroy();
  };
  res.once('finish', () => setTimeout(cutOff, LINGER_MS).unref());
  refuse(res, code);
  req.resume();
}

/** The bytes read by `rawBody`; a request without a body has none. */
export function bodyOf(req: Request): Uint8Array {
  const body: unknown = req.body;
  return Buffer.isBuffer(body) ? body : new Uint8Array(0);
}
