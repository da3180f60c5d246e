import { parseArgs } from 'node:util';
import { benchBacklog } from './backlog/run.js';
import { benchIntake } from './intake/run.js';
import { benchLatency } from './latency/run.js';
import { benchLimiter } from './limiter/run.js';
import { benchRss } from './memory/rss.js';
import { benchMemory } from './memory/run.js';
import { profileInto } from './rig/child.js';
import { readProfiles } from './rig/profile.js';
import { type Findings, machine, printTable, writeJson } from './rig/report.js';
import { type BenchServices, startBenchServices } from './rig/services.js';
import { benchStorm } from './storm/run.js';
import { benchThroughput } from './throughput/run.js';
import { benchUi } from './ui/run.js';

const BENCHES: Record<string, (services: BenchServices, small: boolean, rows: number | null) => Promise<Findings>> = {
  storm: benchStorm,
  limiter: benchLimiter,
  throughput: benchThroughput,
  backlog: benchBacklog,
  latency: benchLatency,
  memory: benchMemory,
  intake: benchIntake,
  ui: benchUi,
  rss: benchRss,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    small: { type: 'boolean', default: false },
    json: { type: 'string' },
    profile: { type: 'string' },
    rows: { type: 'string' },
  },
});
const [name = 'all'] = positionals;
const chosen = name === 'all' ? Object.keys(BENCHES) : [name];
if (!chosen.every((one) => one in BENCHES)) {
  process.stderr.write(
    `usage: npm run bench -- [${Object.keys(BENCHES).join('|')}|all] [--small] [--json FILE] [--profile DIR] [--rows N]\n`,
  );
  process.exit(2);
}
if (values.profile) profileInto(values.profile);
const services = await startBenchServices();
try {
  for (const one of chosen) {
    const before = machine();
    const findings = await BENCHES[one]?.(
      services,
      values.small,
      values.rows === undefined ? null : Number(values.rows),
    );
    if (!findings) continue;
    const file = values.json ?? `.data/bench/results/${one}-${before.at.replace(/[:.]/g, '-')}.json`;
    printTable(findings);
    await writeJson(file, { small: values.small, before, after: machine(), ...findings });
    process.stdout.write(
      `- ${before.at}, ${before.cpu}, ${before.cores} cores, load before ${before.loadAverage.join(' ')}; ${file}\n`,
    );
  }
  if (values.profile) printTable(await readProfiles(values.profile));
} finally {
  await services.stop();
}
process.exit(0);
