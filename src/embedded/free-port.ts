import { createServer } from 'node:net';

function listens(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}

/** A free TCP port on 127.0.0.1: `wanted` if nobody has it (URLs stay the same over restarts), else any. */
export async function freePort(wanted?: number): Promise<number> {
  const port = (wanted === undefined ? undefined : await listens(wanted)) ?? (await listens(0));
  if (port === undefined) throw new Error('no free TCP port on 127.0.0.1');
  return port;
}
