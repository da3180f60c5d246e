import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../..');

/** Test files of a little project of its own, run by the real jest with the real reporter. */
const FILES = {
  'good.test.js': 'it("a", () => {}); it("b", () => {});',
  'bad.test.js': 'it("a", () => { throw new Error("planted"); }); it("b", () => {});',
  'skipped.test.js': 'it.skip("a", () => {}); it("b", () => {});',
  'todo.test.js': 'it.todo("a");',
  'broken.test.js': 'syntax error here',
  'second.test.js':
    'jest.retryTimes(1); let n = 0; it("only then", () => { n += 1; if (n === 1) throw new Error("planted"); });',
} as const;

describe('the count at the end of a test run', () => {
  let dir = '';
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'jj-count-'));
    const reporters = [join(ROOT, 'test/support/count-reporter.cjs')];
    const project = { displayName: 'unit', rootDir: dir, testEnvironment: 'node', transform: {} };
    writeFileSync(join(dir, 'jest.config.json'), JSON.stringify({ reporters, projects: [project] }));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(dir, name), text);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const run = (files: (keyof typeof FILES)[], env: Record<string, string> = {}) => {
    const { JIEJIAN_COUNT_FILE: _outer, ...inherited } = process.env;
    const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
    const args = [jest, '--config', join(dir, 'jest.config.json'), '--runInBand', ...files];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...inherited, ...env } });
    return { status, lines: stdout.trimEnd().split('\n') };
  };

  it('names what passed at its second try only: it passed, and is a test to mend', () => {
    const { status, lines } = run(['second.test.js']);
    expect(lines).toContain('passed at the second try: only then');
    expect({ status, last: lines.at(-1) }).toEqual({ status: 0, last: '1 passed, 0 failed' });
  });

  it.each<{ files: (keyof typeof FILES)[]; why: string; last: string; status: number }>([
    { files: ['good.test.js'], why: 'passed tests are passed', last: '2 passed, 0 failed', status: 0 },
    { files: ['bad.test.js'], why: 'failed ones failed', last: '1 passed, 1 failed', status: 1 },
    {
      files: ['skipped.test.js'],
      why: 'a skipped test was not passed by anybody',
      last: '1 passed, 1 failed',
      status: 1,
    },
    {
      files: ['todo.test.js', 'good.test.js'],
      why: 'nor was one to be written',
      last: '2 passed, 1 failed',
      status: 1,
    },
    {
      files: ['broken.test.js', 'good.test.js'],
      why: 'a file that does not load hides tests',
      last: '2 passed, 1 failed',
      status: 1,
    },
  ])('is "$last" for $files, because $why', ({ files, last, status }) => {
    const result = run(files);
    expect(result.lines.at(-1)).toBe(last);
    expect(result.status).toBe(status);
  });

  it('goes to a file for a script that prints more after it', () => {
    const file = join(dir, 'count');
    const { lines } = run(['good.test.js'], { JIEJIAN_COUNT_FILE: file });
    expect(readFileSync(file, 'utf8')).toBe('2 passed, 0 failed\n');
    expect(lines.at(-1)).toMatch(/^unit +2 passed +0 failed$/);
  });
});
