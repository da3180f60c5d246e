import { describe, expect, it } from '@jest/globals';
import { DANGERS, dangersIn, LOOKED_AT, looseInterpolations } from './danger-rules.js';
import { sourceFiles } from './source-tree.js';

const FILES = sourceFiles(/\.(tsx?|[cm]?js|sh)$/);

describe('nothing in the sources', () => {
  it.each(Object.entries(DANGERS))('is %s', (_name, danger) => {
    expect(dangersIn(FILES, danger)).toEqual([]);
  });

  it.each(Object.entries(DANGERS))('that is %s would go unseen', (_name, danger) => {
    expect(dangersIn([{ path: 'src/planted.ts', text: danger.planted }], danger)).toHaveLength(1);
  });
});

describe('statements', () => {
  const inStore = FILES.filter(({ path }) => path.startsWith('src/domain/store/') && !path.includes('/migrations/'));

  it('are put together from names of our own only; values are bound (S24)', () => {
    const found = inStore.flatMap(({ path, text }) => looseInterpolations(text).map((part) => `${path}: ${part}`));
    expect(found.filter((part) => !LOOKED_AT.has(part))).toEqual([]);
  });

  it('with a value written into them would be found', () => {
    const [open, close] = [['$', '{'].join(''), '}'];
    const planted = (part: string) => `sql.rows(\`SELECT id FROM shop WHERE id = ${open}${part}${close}\`)`;
    expect(looseInterpolations(planted('id'))).toEqual(['id']);
    expect(looseInterpolations(planted('PAGE'))).toEqual([]);
  });
});
