import { policySentence } from '../domain/policy/sentence.js';
import { policySettings } from '../domain/settings/policy-settings.js';
import { readSettingsFile } from '../domain/settings/read-file.js';
import { backtestPolicy } from '../domain/store/policy-backtest.js';
import { loadSettings, storedReferences } from '../domain/store/settings-store.js';
import { CREDENTIALS, FEATURES } from '../system.js';
import { type ServiceOptions, type Workplace, withDatabase } from './attach.js';
import { printTried, type Tried } from './backtest-table.js';
import { JSON_OPTION, misused, newCommand, type Place } from './command.js';
import { EXIT, type Io, printJson } from './io.js';
import { readGiven, refused } from './settings-file.js';

interface Options extends ServiceOptions {
  readonly days: string;
  readonly json?: boolean;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 365;

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw misused(`--days 须为 1 到 ${MOST_DAYS} 的整数`, `--days must be a whole number from 1 to ${MOST_DAYS}`);
}

async function tryDrafts(io: Io, place: Workplace, file: string, text: string, options: Options): Promise<Tried[]> {
  const { db, secrets } = place;
  const stored = await storedReferences(db, secrets, false);
  const read = readSettingsFile(text, { env: io.env, credentials: CREDENTIALS, features: FEATURES, stored });
  if (!read.ok) throw refused(io, file, read.problems, options.json ?? false);
  const { policies, tariffs } = await loadSettings(db, secrets);
  if (read.file.policies.length === 0) {
    throw misused(`${file} 中没有 policies`, `there are no policies in ${file}`);
  }
  const until = io.now();
  const since = new Date(until.getTime() - daysOf(options.days) * DAY_MS);
  const tried: Tried[] = [];
  for (const body of read.file.policies) {
    const today = policies.get(body.id);
    if (!today) {
      const known = [...policies.keys()].join(', ');
      throw misused(
        `没有策略 ${body.id} 可比较；现有：${known}`,
        `there is no policy ${body.id} to compare with; known: ${known}`,
      );
    }
    const draft = policySettings(body, today.version + 1);
    tried.push({
      today,
      draft,
      result: await backtestPolicy(db, { today, draft, tariffs }, { since, until, shops: null }),
    });
  }
  return tried;
}

const shown = ({ today, draft, result }: Tried) => ({
  policy: today.id,
  version: today.version,
  sentence: policySentence(draft),
  ...result,
  since: result.since.toISOString(),
  until: result.until.toISOString(),
});

/** `jiejian policy backtest FILE.yaml --days N`: what the policies of a file would have done, beside today's. */
export function policyCommand({ program, io, end }: Place): void {
  const policy = program
    .command('policy')
    .description(
      { zh: '策略：用过去的决定试算草稿', en: 'Policies: try a draft on the decisions of the past' }[io.language],
    );
  newCommand(policy, io, 'backtest', {
    zh: '文件中的策略对过去的决定会怎样，与现行策略对照；不做任何修改',
    en: 'What the policies of a file would have done, beside today’s; changes nothing',
  })
    .argument(
      '<file>',
      { zh: 'YAML 或 JSON 文件，- 表示标准输入', en: 'YAML or JSON file; - is standard input' }[io.language],
    )
    .option('--days <n>', { zh: '回看多少天', en: 'how many days to look back' }[io.language], '30')
    .option('--json', JSON_OPTION[io.language])
    .action(async (file: string, options: Options) => {
      const text = await readGiven(io, file);
      const tried = await withDatabase(io, options, (place) => tryDrafts(io, place, file, text, options));
      if (options.json) printJson(io, { backtests: tried.map(shown) });
      else for (const one of tried) printTried(io, one);
      end(EXIT.ok);
    });
}
