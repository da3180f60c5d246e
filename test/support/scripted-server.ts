import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with one request. */
export type Reply =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string }
  | { readonly fault: 'silence' | 'drop' | 'half_body' };

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface ScriptedServer {
  readonly baseUrl: string;
  /** What to answer, by the request; replaces what was said before. */
  answer(reply: Reply | ((request: Received) => Reply)): void;
  received(): readonly Received[];
  close(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function perform(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  if (!('fault' in reply)) {
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    response.end(reply.body);
    return;
  }
  if (reply.fault === 'drop') request.socket.destroy();
  if (reply.fault === 'half_body') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '400' });
    response.write('{"status":true,"success":"true","code":0,"statusCode":', () => request.socket.destroy());
  }
}

/** A real HTTP server on loopback that answers as the test says and remembers every request it has read to the end. */
export async function scriptedServer(): Promise<ScriptedServer> {
  const received: Received[] = [];
  let script: (request: Received) => Reply = () => ({ status: 501, body: 'nothing was scripted' });
  const server = createServer((request, response) => {
    readBody(request).then(
      (body) => {
        const { method = '', url = '', headers } = request;
        const one = { method, path: url, headers, body };
        received.push(one);
        perform(script(one), request, response);
      },
      () => request.socket.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer(reply) {
      script = typeof reply === 'function' ? reply : () => reply;
    },
    received: () => received,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
