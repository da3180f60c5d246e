import type { Change } from '../domain/settings/diff.js';
import { type Problem, SettingsRefused } from '../domain/settings/problem.js';
import { readSettingsFile } from '../domain/settings/read-file.js';
import { applySettings, configVersion, planSettings, storedReferences } from '../domain/store/settings-store.js';
import { CREDENTIALS, FEATURES } from '../system.js';
import { type ServiceOptions, type Workplace, withDatabase } from './attach.js';
import { JSON_OPTION, newCommand, type Place } from './command.js';
import { EXIT, type Io, printJson, printLine } from './io.js';
import { readGiven, refused } from './settings-file.js';

interface Options extends ServiceOptions {
  readonly dryRun?: boolean;
  readonly prune?: boolean;
  readonly json?: boolean;
}

const SIGNS = { add: '+', change: '~', disable: '-' } as const;

/** The difference as people read it: one line a row, one a field. */
function printChanges(io: Io, changes: readonly Change[]): void {
  const shown = (value: unknown) => JSON.stringify(value) ?? 'null';
  for (const { action, section, id, fields } of changes) {
    printLine(io, `${SIGNS[action]} ${section} ${id}`);
    for (const { field, from, to, secret } of fields) {
      if (secret) printLine(io, { zh: `    ${field}：已改变（不显示）`, en: `    ${field}: changed (not shown)` });
      else printLine(io, `    ${field}: ${from === undefined ? '' : `${shown(from)} → `}${shown(to)}`);
    }
  }
}

async function applyFile(io: Io, place: Workplace, file: string, text: string, options: Options): Promise<void> {
  const { secrets } = place;
  const prune = options.prune ?? false;
  const stored = await storedReferences(place.db, secrets, prune);
  const result = readSettingsFile(text, { env: io.env, credentials: CREDENTIALS, features: FEATURES, stored });
  if (!result.ok) throw refused(io, file, result.problems, options.json ?? false);
  const dryRun = options.dryRun ?? false;
  let changes: Change[];
  try {
    changes = dryRun
      ? await planSettings(place.db, secrets, result.file, { prune, now: io.now() })
      : await applySettings(place.db, secrets, result.file, { prune, now: io.now(), actor: io.actor });
  } catch (error) {
    if (!(error instanceof SettingsRefused)) throw error;
    throw refused(
      io,
      file,
      error.problems.map((problem: Problem) => result.locate(problem)),
      options.json ?? false,
    );
  }
  const version = await configVersion(place.db);
  if (options.json) return printJson(io, { dryRun, version, changes });
  printChanges(io, changes);
  if (changes.length === 0)
    printLine(io, { zh: `没有变化（版本 ${version}）。`, en: `Nothing changes (version ${version}).` });
  else if (dryRun) printLine(io, { zh: '以上为预览，未做修改。', en: 'This was a preview; nothing was changed.' });
  else printLine(io, { zh: `已应用，版本 ${version}。`, en: `Applied as version ${version}.` });
}

/** `jiejian apply FILE.yaml [--dry-run] [--prune]` (contract section 4). */
export function applyCommand({ program, io, end }: Place): void {
  newCommand(program, io, 'apply', {
    zh: '应用配置文件：显示差异，在一个事务中应用并记入审计',
    en: 'Apply a configuration file: show the difference, apply it in one transaction, audited',
  })
    .argument(
      '<file>',
      { zh: 'YAML 或 JSON 文件，- 表示标准输入', en: 'YAML or JSON file; - is standard input' }[io.language],
    )
    .option('--dry-run', { zh: '只显示差异', en: 'only show the difference' }[io.language])
    .option(
      '--prune',
      { zh: '停用文件中没有的条目（不删除）', en: 'disable what the file does not name; nothing is deleted' }[
        io.language
      ],
    )
    .option('--json', JSON_OPTION[io.language])
    .action(async (file: string, options: Options) => {
      const text = await readGiven(io, file);
      await withDatabase(io, options, (place) => applyFile(io, place, file, text, options));
      end(EXIT.ok);
    });
}
