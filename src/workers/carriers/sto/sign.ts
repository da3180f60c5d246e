import { createHash } from 'node:crypto';

/**
 * `data_digest`: base64 over the raw md5 of `content + secretKey`, UTF-8. `content` is the text before it is url-encoded;
 * the digest is url-encoded like every other value of the form.
 */
export function signSto(content: string, secretKey: string): string {
  return createHash('md5')
    .update(content + secretKey, 'utf8')
    .digest('base64');
}
