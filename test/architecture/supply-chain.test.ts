import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { projectFile } from './source-tree.js';

const RULES = z
  .object({
    packages: z.record(z.string(), z.object({ atLeast: z.string().regex(/^\d+\.\d+\.\d+$/), why: z.string().min(5) })),
    never: z.record(z.string(), z.string().min(5)),
    installScripts: z.record(z.string(), z.string().min(5)),
  })
  .parse(JSON.parse(projectFile('security/min-versions.json')));

const ENTRY = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  optional: z.boolean().optional(),
});
const LOCK = z.object({ packages: z.record(z.string(), ENTRY) });
type Lock = z.output<typeof LOCK>;

const real = LOCK.parse(JSON.parse(projectFile('package-lock.json')));
const nameOf = (path: string) => path.split('node_modules/').at(-1) ?? '';

function isOlder(version: string, wanted: string): boolean {
  const [have, want] = [version, wanted].map((text) => text.split(/[.-]/, 3).map(Number)) as [number[], number[]];
  for (const [i, part] of want.entries()) if (have[i] !== part) return (have[i] ?? 0) < part;
  // A pre-release comes before its release.
  return version.includes('-');
}

/** What is wrong with a lock file, by package. */
function offences({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, entry]) => {
    if (path === '') return [];
    const name = nameOf(path);
    const found: string[] = [];
    const rule = RULES.packages[name];
    if (rule && isOlder(entry.version ?? '0.0.0', rule.atLeast)) found.push(`${path} ${entry.version}: ${rule.why}`);
    if (name in RULES.never) found.push(`${path}: ${RULES.never[name]}`);
    if (entry.hasInstallScript && !(name in RULES.installScripts)) found.push(`${path} runs a script when installed`);
    if (!/^https:/.test(entry.resolved ?? 'https:')) found.push(`${path} comes from ${entry.resolved}`);
    // Binaries for other systems are named by the lock so that npm ci accepts it there; their hash is known only there.
    const isForeignBinary = entry.optional === true && (entry.os !== undefined || entry.cpu !== undefined);
    if (!entry.integrity?.startsWith('sha512-') && !isForeignBinary) found.push(`${path} has no hash`);
    return found;
  });
}

describe('package-lock.json', () => {
  it('holds no version with a known fault, no script that nobody allowed, and a hash for what is installed', () => {
    expect(offences(real)).toEqual([]);
  });

  it.each(Object.keys(RULES.packages))('really holds %s, so that its row can fail', (name) => {
    expect(Object.keys(real.packages).map(nameOf)).toContain(name);
  });

  it('is refused for each of these faults', () => {
    const good = { version: '1.0.0', resolved: 'https://registry.npmjs.org/a.tgz', integrity: 'sha512-x' };
    const plant = (packages: Lock['packages']) => offences({ packages });
    expect(plant({ 'node_modules/a': good })).toEqual([]);
    expect(plant({ 'node_modules/x/node_modules/qs': { ...good, version: '6.15.9' } })).toHaveLength(1);
    expect(plant({ 'node_modules/qs': { ...good, version: '6.16.0-rc.1' } })).toHaveLength(1);
    expect(plant({ 'node_modules/morgan': good })).toHaveLength(1);
    expect(plant({ 'node_modules/a': { ...good, hasInstallScript: true } })).toHaveLength(1);
    expect(plant({ 'node_modules/a': { ...good, resolved: 'git+ssh://git@example.com/a.git' } })).toHaveLength(1);
    expect(plant({ 'node_modules/a': { ...good, integrity: undefined } })).toHaveLength(1);
  });
});
