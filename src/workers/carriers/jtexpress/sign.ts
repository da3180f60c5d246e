import { createHash } from 'node:crypto';

/** What J&T's clients put behind the password before they hash it. */
const PEPPER = 'jadada236t2';

/**
 * Header `digest`: base64 over the raw md5 of the content and the private key, UTF-8. The content is the JSON text before it
 * is url-encoded; the `timestamp` header is not signed.
 */
export function signJtexpress(content: string, privateKey: string): string {
  return md5(content + privateKey).toString('base64');
}

/** `digest` inside an order's content, which stands for the customer's password. */
export function signJtexpressCustomer(customer: { code: string; password: string }, privateKey: string): string {
  const password = md5(customer.password + PEPPER)
    .toString('hex')
    .toUpperCase();
  return md5(customer.code + password + privateKey).toString('base64');
}

function md5(text: string): Buffer {
  return createHash('md5').update(text, 'utf8').digest();
}
