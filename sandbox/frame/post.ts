import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

const ANSWER_LIMIT_BYTES = 65_536;
const agents = {
  http: new HttpAgent({ keepAlive: true, maxSockets: 512 }),
  https: new HttpsAgent({ keepAlive: true, maxSockets: 512 }),
};

export type PostResult = { readonly status: number; readonly body: string } | { readonly error: string };

/** One POST with a total deadline. Never throws: a push that fails is a fact, not an exception. Redirects are answers. */
export function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  timeoutMs: number,
): Promise<PostResult> {
  return new Promise((done) => {
    const secure = url.startsWith('https:');
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: secure ? agents.https : agents.http,
      signal: AbortSignal.timeout(timeoutMs),
    };
    const request = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > ANSWER_LIMIT_BYTES) request.destroy(new Error('answer too long'));
        else chunks.push(chunk);
      });
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
      response.on('error', (cause) => done({ error: cause.message }));
    });
    request.on('error', (cause) => done({ error: cause.name === 'AbortError' ? 'timeout' : cause.message }));
    request.end(body);
  });
}
