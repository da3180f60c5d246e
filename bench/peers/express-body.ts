import { once } from 'node:events';
import express from 'express';

/** A bare Express route that only reads the body: the most that a webhook over Express can do. */
const app = express();
app.post('/', express.raw({ type: '*/*' }), (_request, response) => {
  response.json({ code: 0 });
});
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' && address ? address.port : 0 })}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
