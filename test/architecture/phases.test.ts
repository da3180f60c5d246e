import { describe, expect, it } from '@jest/globals';
import { EDGES } from '../../src/domain/failpoint.js';
import { CATALOGUE } from '../faults/catalogue.js';
import { KILLED, NOT_KILLED } from '../faults/phases.js';
import { projectFile, sourceFiles } from './source-tree.js';

const CALL = /\b(?:db|deps\.db|this\.\w*db)\.(?:transaction|autocommit)\(/;
const OWNER = [
  /^(?:export )?(?:async )?function (\w+)/,
  /^ {2}(?:private |static )?(?:async )?(\w+)(?:<.*>)?\(.*\{$/,
] as const;

/** The functions of a file that make a transaction: failpoints bear their names. */
function makers(text: string): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    if (!CALL.test(line)) return [];
    const owner = lines
      .slice(0, at + 1)
      .reverse()
      .flatMap((above) => OWNER.flatMap((pattern) => pattern.exec(above)?.[1] ?? []))[0];
    return owner === undefined ? [] : [owner];
  });
}

const sources = sourceFiles(/\.ts$/).filter(({ path }) => path.startsWith('src/'));
const named = { ...KILLED, ...NOT_KILLED };

describe('a phase', () => {
  it('has a row that says how a crash at its edges is shown, or why it need not be', () => {
    const made = new Set([...sources.flatMap(({ text }) => makers(text)), ...Object.keys(EDGES)]);
    expect([...made].filter((phase) => !Object.hasOwn(named, phase))).toEqual([]);
    expect(Object.keys(named).filter((phase) => !made.has(phase))).toEqual([]);
  });

  it('is found where it is made', () => {
    expect(makers('export function a() {\n  return db.transaction(async () => 1);\n}')).toEqual(['a']);
    expect(makers('class X {\n  async b(): Promise<void> {\n    await this.db.transaction(work);\n')).toEqual(['b']);
    expect(makers('function c() {\n  db.rows();\n}')).toEqual([]);
  });

  it('that is an edge of its own has its place in the code', () => {
    const text = sources.map((source) => source.text).join('\n');
    expect(Object.keys(EDGES).filter((edge) => !text.includes(`'${edge}'`))).toEqual([]);
  });

  it.each(Object.entries(KILLED))('%s that a fault’s own test kills at is named in that test', (_phase, killed) => {
    for (const [edge, id] of Object.entries('byFault' in killed ? killed.byFault : {})) {
      const files = CATALOGUE[id].shownBy.map(({ file }) => projectFile(file));
      expect(files.some((text) => text.includes(`'${edge}'`))).toBe(true);
    }
  });
});
