import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { casesFor } from '../../contract/carrier-contract.js';
import {
  adapterOf,
  type CarrierCase,
  type CarrierHarness,
  faultOf,
  withCarrier,
} from '../../contract/carrier-harness.js';

const run = promisify(execFile);
const ROOT = join(__dirname, '../../..');
const SLUG = 'newcourier';
const FOLDER = `src/workers/carriers/${SLUG}`;
const MADE = [
  ...['README.md', 'adapter.ts', 'codes.ts', 'credentials.ts', 'facts.ts', 'manifest.ts', 'push.ts', 'requests.ts'],
  ...['responses.ts', 'scans.ts', 'sign.ts'],
].map((name) => `${FOLDER}/${name}`);
const TESTS = [`test/contract/${SLUG}-harness.ts`, `test/contract/${SLUG}.contract.test.ts`];

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of this project to its end, whatever that is. */
function ended(program: string, args: readonly string[]): Promise<Ended> {
  return run(program, args, { cwd: ROOT }).then(
    (output) => ({ code: 0, ...output }),
    (error: Ended) => error,
  );
}

const carrierNew = (...args: string[]): Promise<Ended> => ended(process.execPath, ['scripts/carrier-new.mjs', ...args]);

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Puts what a courier stands on beside the generated files, so that they compile and run where they are. */
async function surround(root: string): Promise<void> {
  const names = async (folder: string, pattern: RegExp) =>
    (await readdir(join(ROOT, folder))).filter((name) => pattern.test(name)).map((name) => `${folder}/${name}`);
  const shared = [
    ...(await names('src/workers/carriers', /\.ts$/)),
    ...(await names('test/contract', /^carrier-.*\.ts$/)),
  ];
  for (const path of ['package.json', 'node_modules', 'src/domain', 'test/support', ...shared]) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await symlink(join(ROOT, path), join(root, path));
  }
}

let made: string;
let root: string;
let answer: Ended;
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'carrier-new-'));
  root = join(made, 'project');
  answer = await carrierNew(SLUG, '--into', root);
});
afterAll(() => rm(made, { recursive: true, force: true }));

describe('npm run carrier:new', () => {
  it('writes an adapter and its contract test, and says what to do next', async () => {
    expect(answer).toMatchObject({ code: 0, stderr: '' });
    expect(await filesBelow(root)).toEqual([...MADE, ...TESTS].sort());
    for (const path of [...MADE, ...TESTS]) expect(answer.stdout).toContain(`made ${path}\n`);
    const steps = [`import { ${SLUG} } from './${SLUG}/adapter.js';`, 'npm run generate', 'npm run check'];
    for (const step of steps) expect(answer.stdout).toContain(step);
  });

  it('names everything after the slug', async () => {
    const texts = await Promise.all([...MADE, ...TESTS].map((path) => readFile(join(root, path), 'utf8')));
    for (const text of texts) expect(text).not.toMatch(/__\w*slug__/i);
    const adapter = await readFile(join(root, FOLDER, 'adapter.ts'), 'utf8');
    expect(adapter).toContain(`export const ${SLUG}: CarrierPlugin<typeof ${SLUG}Credentials>`);
    expect(await readFile(join(root, FOLDER, 'codes.ts'), 'utf8')).toContain('export const NEWCOURIER_CODES');
  });

  it('is known to npm', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts['carrier:new']).toBe('node scripts/carrier-new.mjs');
  });

  it.each([
    ['none', []],
    ['two', ['one', 'two']],
    ['capitals', ['Sto']],
    ['a bar', ['j-t']],
    ['a digit first', ['3pl']],
    ['one letter', ['j']],
    ['a way out of the folder', ['../sto']],
    ['a word of the language', ['new']],
    ['the name of the list', ['index']],
    ['an option nobody knows', [SLUG, '--force']],
  ])('refuses a slug that is none (%s) with exit 2, and writes nothing', async (_what, words) => {
    const target = join(made, 'refused');
    const { code, stdout, stderr } = await carrierNew(...words, '--into', target);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('usage: npm run carrier:new SLUG');
    await expect(readdir(target)).rejects.toThrow('ENOENT');
  });

  it('refuses a slug that is taken, by a folder or by a file of its tests, and touches neither', async () => {
    expect(await carrierNew('zto')).toMatchObject({ code: 2, stderr: expect.stringContaining('"zto" is taken') });
    expect(await carrierNew(SLUG, '--into', root)).toMatchObject({ code: 2, stdout: '' });
    const half = join(made, 'half');
    await mkdir(join(half, 'test/contract'), { recursive: true });
    await writeFile(join(half, 'test/contract/sto-harness.ts'), 'mine');
    expect((await carrierNew('sto', '--into', half)).code).toBe(2);
    expect(await filesBelow(half)).toEqual(['test/contract/sto-harness.ts']);
  });
});

describe('what it wrote', () => {
  let harness: CarrierHarness;
  beforeAll(async () => {
    await surround(root);
    const module: Record<string, CarrierHarness> = await import(join(root, TESTS[0] ?? ''));
    const found = module[`${SLUG}Harness`];
    if (!found) throw new Error('the harness is not exported under its name');
    harness = found;
  });

  it('compiles under the strict settings of the project', async () => {
    const compilerOptions = { noEmit: true, rootDir: '.' };
    const include = [...MADE, ...TESTS].filter((path) => path.endsWith('.ts'));
    await writeFile(
      join(root, 'tsconfig.json'),
      JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), compilerOptions, include }),
    );
    const tsc = await ended(join(ROOT, 'node_modules/.bin/tsc'), ['-p', join(root, 'tsconfig.json')]);
    expect(tsc).toMatchObject({ code: 0, stdout: '' });
  });

  it('is formatted and linted as the project is', async () => {
    const config = JSON.parse(await readFile(join(ROOT, 'biome.json'), 'utf8'));
    await writeFile(join(root, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }));
    const biome = await ended(join(ROOT, 'node_modules/.bin/biome'), [
      ...['check', '--error-on-warnings', '--config-path', root],
      ...[join(root, FOLDER), ...TESTS.map((path) => join(root, path))],
    ]);
    expect(biome).toMatchObject({ code: 0 });
  });

  it('claims no fact', () => {
    const { facts } = harness.plugin.manifest;
    expect(facts.length).toBeGreaterThan(10);
    for (const { confidence } of facts) expect(confidence).toBe('not documented');
  });

  it('fails the contract suite wherever something about the courier would have to be known', async () => {
    const holds = async (one: CarrierCase): Promise<boolean> => {
      try {
        await one.run(harness);
        return true;
      } catch {
        return false;
      }
    };
    const kept: string[] = [];
    for (const one of casesFor(harness)) if (await holds(one)) kept.push(one.name);
    // What the port alone decides holds already.
    expect(kept).toEqual([
      'a push is acknowledged only when it is stored; else the courier must push again',
      'a verb the manifest does not declare sends nothing and is our bug',
      'a waybill has one form to be compared in, whatever blanks came with it (R66)',
      'credentials that lack a key, or have one nobody knows, are refused before anything runs',
    ]);
  });

  it('sends nothing, believes no push, and is marked so that the architecture test fails on it', async () => {
    await withCarrier(harness, { body: '{"success":true,"code":"0"}' }, async ({ adapter, ctx, server }) => {
      for (const verb of ['create', 'track'] as const) {
        expect((await faultOf(adapter[verb](harness.command, ctx))).kind).toBe('bad_request');
      }
      expect(server.received()).toEqual([]);
    });
    expect(adapterOf(harness).verifyPush({ body: Buffer.from('{}'), headers: {}, query: {} })).toBe(false);
    const unfinished = new RegExp(`\\b${['TO', 'DO'].join('')}\\b`);
    for (const path of [...MADE.filter((each) => !/adapter/.test(each)), TESTS[0] ?? '']) {
      expect([path, unfinished.test(await readFile(join(root, path), 'utf8'))]).toEqual([path, true]);
    }
  });
});
