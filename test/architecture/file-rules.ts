import type { SourceFile } from './source-tree.js';

export interface FileRule {
  why: string;
  /** What is wrong with the file, or undefined. */
  offence(file: SourceFile): string | undefined;
}

const MOST_LINES = 400;
const NAMELESS = /(^|\/)(utils?|helpers?|commons?|misc|types?|stuff)(\.|\/)|-(utils|helpers|types)\./;

/** Where queues and workers are made: nowhere else can one be made with settings of its own. */
const FACTORIES = { Queue: ['src/producers/queues.ts'], Worker: ['src/workers/queue-worker.ts'] } as const;

// Put together from parts, so that this file does not break its own rule.
const SILENCERS = [
  ['biome', 'ignore'],
  ['@ts', 'ignore'],
  ['@ts', 'nocheck'],
  ['@ts', 'expect-error'],
].map((parts) => parts.join('-'));
const UNFINISHED = new RegExp(`\\b(${['TO', 'FIX'].map((start, at) => start + ['DO', 'ME'][at]).join('|')})\\b`);
const FORCED = ['as unknown', 'as '].join(' ');

export const FILE_RULES = {
  'a file has at most 400 lines': {
    why: 'a file holds one idea',
    offence({ text }) {
      const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
      return lines > MOST_LINES ? `${lines} lines` : undefined;
    },
  },
  'a file is named after what it holds': {
    why: 'a name that fits anything collects everything',
    offence: ({ path }) => NAMELESS.exec(path)?.[0],
  },
  'queues are made in one place': {
    why: 'attempts, job ids and the policy for removing jobs are decided once',
    offence: ({ path, text }) => construction('Queue', path, text),
  },
  'workers are made in one place': {
    why: 'locks, stalls and shutting down are decided once',
    offence: ({ path, text }) => construction('Worker', path, text),
  },
  'no check is silenced': {
    why: 'a rule that does not fit is changed for all, in the open',
    offence: ({ text }) => SILENCERS.find((word) => text.includes(word)),
  },
  'no type is forced': {
    why: 'a value of unknown shape is parsed, not believed',
    offence: ({ text }) => (text.includes(FORCED) ? FORCED : undefined),
  },
  'nothing is left for later': {
    why: 'what is known to be missing is written down where its users read',
    offence: ({ text }) => UNFINISHED.exec(text)?.[0],
  },
} as const satisfies Record<string, FileRule>;

export type FileRuleName = keyof typeof FILE_RULES;

function construction(kind: keyof typeof FACTORIES, path: string, text: string): string | undefined {
  const allowed: readonly string[] = FACTORIES[kind];
  if (!path.startsWith('src/') || allowed.includes(path)) return undefined;
  return new RegExp(`\\bnew\\s+${kind}\\s*[<(]`).exec(text)?.[0];
}
