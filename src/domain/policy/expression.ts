import { type ASTNode, Environment, EvaluationError, type ParseResult } from '@marcbachmann/cel-js';
import type { Text } from '../text.js';
import { type ConditionFacts, VARIABLES, valuesOf } from './variables.js';

/** A condition is a line that somebody reads aloud: longer ones are programs. */
export const LONGEST_EXPRESSION = 1_000;
const MOST_NODES = 200;
/** Kept parsed; a process sees as many expressions as it has policies and drafts. */
const MOST_KEPT = 200;

/** The Common Expression Language (CEL) over our variables: typed, without loops of its own, without any effect. */
const ENVIRONMENT = Object.entries(VARIABLES).reduce(
  (known, [name, { type }]) => known.registerVariable(name, type),
  new Environment({ limits: { maxAstNodes: MOST_NODES, maxDepth: 20 } }),
);

const kept = new Map<string, ParseResult>();

function parsed(text: string): ParseResult {
  const known = kept.get(text);
  if (known) return known;
  const fresh = ENVIRONMENT.parse(text);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(text, fresh);
  return fresh;
}

/** Is this node a search by a regular expression? Over a buyer's words one could keep a process busy for minutes. */
const isSearch = (node: ASTNode): boolean =>
  (node.op === 'rcall' && node.args[0] === 'matches') || childrenOf(node).some(isSearch);

const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value;

function childrenOf({ args }: ASTNode): ASTNode[] {
  const parts: unknown[] = Array.isArray(args) ? args.flat(2) : [args];
  return parts.filter(isNode);
}

function place(start: number | undefined): Text {
  const at = (start ?? 0) + 1;
  return { zh: `第 ${at} 个字符：`, en: `at character ${at}: ` };
}

const said = (start: number | undefined, zh: string, en: string): Text => {
  const at = place(start);
  return { zh: `${at.zh}${zh}`, en: `${at.en}${en}` };
};

/** What is wrong with a condition, with the place and the reason; null: nothing. The library's reason is English. */
export function expressionProblem(text: string): Text | null {
  let condition: ParseResult;
  try {
    condition = parsed(text);
  } catch (error) {
    if (!(error instanceof Error) || !('summary' in error)) throw error;
    const { summary, range } = error as EvaluationError;
    return said(range?.start, `语法错误（${summary}）`, `not a CEL expression (${summary})`);
  }
  const checked = condition.check();
  if (!checked.valid) {
    const { summary = '', range } = checked.error ?? {};
    const names = Object.keys(VARIABLES).join(', ');
    return checked.error?.code === 'unknown_variable'
      ? said(range?.start, `没有这个变量（${summary}），可用：${names}`, `${summary}; known: ${names}`)
      : said(range?.start, `类型不符（${summary}）`, summary);
  }
  if (checked.type !== 'bool') {
    return said(0, `结果必须是真假，而不是 ${checked.type}`, `must be true or false, and is ${checked.type}`);
  }
  return isSearch(condition.ast)
    ? said(
        0,
        '不支持 matches，请用 contains、startsWith 或 in',
        'matches is not allowed: use contains, startsWith or in',
      )
    : null;
}

/** Does the condition hold? What needs something that is not known does not, as in every other condition. Pure. */
export function expressionHolds(text: string, facts: ConditionFacts): boolean {
  try {
    return parsed(text)(valuesOf(facts)) === true;
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  }
}

/** The condition as a tree, for whoever reads it aloud. Throws what the library throws for one that is wrong. */
export const treeOf = (text: string): ASTNode => parsed(text).ast;
