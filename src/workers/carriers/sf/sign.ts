import { createHash } from 'node:crypto';

/** Java's `URLEncoder`, as SF's sample has it: letters, digits and `*-._` stay, a space is `+`. */
function urlEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

/**
 * `msgDigest` of a request: base64 over the raw md5 of `msgData + timestamp + checkWord`, url-encoded before (most clients
 * read) or as it is (`raw`, two clients). `msgData` is the very text that is sent.
 */
export function signSf(msgData: string, timestamp: string, checkWord: string, raw: boolean): string {
  const text = msgData + timestamp + checkWord;
  return createHash('md5')
    .update(raw ? text : urlEncode(text), 'utf8')
    .digest('base64');
}
