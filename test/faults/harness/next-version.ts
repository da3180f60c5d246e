import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const NAME = 'Next9999';

/** What the next version does to the busiest table; every version must do it so: add, and let the old code be (expand). */
const MIGRATION = `export class ${NAME} {
  name = 'Next1700000009999';
  async up(runner) {
    await runner.query('ALTER TABLE intercept ADD COLUMN next_word VARCHAR(64) NULL, ALGORITHM=INSTANT');
    await runner.query('ALTER TABLE intercept ADD INDEX next_word_index (next_word), ALGORITHM=INPLACE, LOCK=NONE');
  }
  async down() {}
}
`;

/** The built program once more below `dir`, with one migration that the present one does not know; its command line. */
export function nextVersion(dir: string): string {
  const src = join(dir, 'dist/src');
  cpSync(join(ROOT, 'dist/src'), src, { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(dir, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
  writeFileSync(join(src, 'domain/store/migrations/9999-next.js'), MIGRATION);
  const file = join(src, 'domain/store/database.js');
  const present = readFileSync(file, 'utf8');
  const next = present.replace(/(migrations: \[[^\]]*?),?\s*\]/, `$1, ${NAME}]`);
  if (next === present) throw new Error('the program has no list of migrations to add to');
  writeFileSync(file, `import { ${NAME} } from './migrations/9999-next.js';\n${next}`);
  return join(src, 'cli.js');
}
