import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Findings } from './report.js';

/** What the engine's profiler writes: nodes with their place in the sources, and the node seen at each sample. Times in µs. */
const PROFILE = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string(), url: z.string() }) })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

/** Whose code a function is: a package, Node itself, a folder of ours, or what the engine does beside it. */
function ownerOf({ functionName, url }: { functionName: string; url: string }): string {
  const parts = url.split('/node_modules/').at(-1) ?? '';
  if (url.includes('/node_modules/')) {
    const [first = '', second = ''] = parts.split('/');
    return first.startsWith('@') ? `${first}/${second}` : first;
  }
  if (url.startsWith('node:')) return 'node';
  if (url.includes('/built/')) return `ours: ${url.split('/built/').at(-1)?.split('/').slice(0, 2).join('/')}`;
  return functionName === '(idle)' || functionName === '(garbage collector)' ? functionName : 'node';
}

/** Share of the busy time by owner, per program profiled: where the time goes, written out in docs/performance.md. */
export async function readProfiles(dir: string): Promise<Findings> {
  const rows: (string | number)[][] = [];
  for (const file of (await readdir(dir)).filter((name) => name.endsWith('.cpuprofile')).sort()) {
    const { nodes, samples, timeDeltas } = PROFILE.parse(JSON.parse(await readFile(join(dir, file), 'utf8')));
    const owners = new Map(nodes.map((node) => [node.id, ownerOf(node.callFrame)]));
    const spent = new Map<string, number>();
    for (const [at, node] of samples.entries()) {
      const owner = owners.get(node) ?? 'node';
      spent.set(owner, (spent.get(owner) ?? 0) + (timeDeltas[at] ?? 0));
    }
    const idle = spent.get('(idle)') ?? 0;
    spent.delete('(idle)');
    const busy = [...spent.values()].reduce((sum, us) => sum + us, 0);
    const most = [...spent].sort(([, a], [, b]) => b - a).slice(0, 12);
    for (const [owner, us] of most) rows.push([file, owner, us / busy, us / 1_000]);
    rows.push([file, '(idle)', idle / (idle + busy), idle / 1_000]);
  }
  return {
    bench: 'profile',
    columns: ['program', 'whose code', 'share of busy time', 'ms'],
    rows,
    notes: ['self time at samples of 1 ms; (idle) is its share of all time, the others are of what is not idle'],
    raw: null,
  };
}
