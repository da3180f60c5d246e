import { createHash } from 'node:crypto';

/**
 * `sign` of a request: base64 over the raw md5 of `param + method + version + secret`, UTF-8 (YTO's documents, and three
 * published requests). `param` is the very text that is sent; the timestamp is not signed.
 */
export function signYto(param: string, method: string, version: string, secret: string): string {
  return digest(param + method + version + secret);
}

/** `data_digest` of a push: base64 over the raw md5 of the message and the secret of that interface. */
export function signYtoPush(message: string, secret: string): string {
  return digest(message + secret);
}

function digest(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('base64');
}
