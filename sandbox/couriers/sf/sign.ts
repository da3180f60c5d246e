import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Bytes that Java's URLEncoder leaves as they are. */
const PLAIN = /[A-Za-z0-9.*_-]/;

/** Java's `URLEncoder.encode(text, "UTF-8")`, byte by byte. */
function javaUrlEncode(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const sign = String.fromCharCode(byte);
      if (byte < 0x80 && PLAIN.test(sign)) return sign;
      return sign === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** `msgDigest`: base64(md5_raw(msgData + timestamp + checkWord)), url-encoded before unless `raw`. */
export function sfDigest(msgData: string, timestamp: string, checkWord: string, raw: boolean): string {
  const text = `${msgData}${timestamp}${checkWord}`;
  return createHash('md5')
    .update(raw ? text : javaUrlEncode(text))
    .digest('base64');
}

/** A token says by itself when it was issued and in which epoch, so that a restarted twin knows it. */
export function sfToken(issuedAt: number, epoch: number, checkWord: string): string {
  const claim = `${issuedAt}-${epoch}`;
  return `${claim}-${createHmac('sha256', checkWord).update(claim).digest('hex').slice(0, 32)}`;
}

/** Was this token issued with this check word, in this epoch, and does it still live? */
export function tokenLives(token: string, epoch: number, checkWord: string, now: number, lifeMs: number): boolean {
  const issuedAt = Number(/^(\d{1,15})-/.exec(token)?.[1] ?? Number.NaN);
  return sameSign(token, sfToken(issuedAt, epoch, checkWord)) && now - issuedAt < lifeMs;
}

/** Compares byte by byte in constant time; lengths may differ. */
export function sameSign(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
