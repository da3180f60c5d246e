/**
 * Runs the embedded Redis and MariaDB of a data folder by themselves until SIGINT or SIGTERM, for work on the code and
 * for tests that need servers in a process of their own: `node dist/scripts/services.js .data/dev`.
 * Prints one line of JSON, {databaseUrl, redisUrl, owned}, when they are ready.
 */
import { startServices } from '../src/embedded/services.js';

const dir = process.argv[2];
if (dir === undefined) {
  console.error('usage: node dist/scripts/services.js FOLDER   (for example .data/dev)');
  process.exit(2);
}
const services = await startServices({ dir, onLog: (line) => console.error(line) });
const { databaseUrl, redisUrl, owned } = services;
console.log(JSON.stringify({ databaseUrl, redisUrl, owned }));

const stayAwake = setInterval(() => undefined, 60_000);
const stop = async () => {
  clearInterval(stayAwake);
  await services.stop();
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
