import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['src', 'sandbox', 'scripts', 'bench', 'test'] as const;

export interface SourceFile {
  /** Path from the root of the project, with forward slashes. */
  path: string;
  text: string;
}

/** All files of the project's own folders whose name matches, sorted by path. */
export function sourceFiles(name: RegExp): SourceFile[] {
  const top = new Set(readdirSync(ROOT));
  return FOLDERS.filter((folder) => top.has(folder))
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && name.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    .sort()
    .map((file) => ({ path: file.slice(ROOT.length + 1), text: readFileSync(file, 'utf8') }));
}

/** A file of the project, by its path from the root. */
export const projectFile = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
