import { type ASTNode, serialize } from '@marcbachmann/cel-js';
import type { Language, Text } from '../text.js';
import { treeOf } from './expression.js';
import { isVariable, VARIABLES } from './variables.js';

/** Fen as people say them. */
export function yuan(fen: number): Text {
  const amount = (fen / 100).toFixed(2);
  return { zh: `${amount} 元`, en: `¥${amount}` };
}

const COMPARED = {
  '==': { zh: '是', en: 'is' },
  '!=': { zh: '不是', en: 'is not' },
  '>': { zh: '高于', en: 'is above' },
  '>=': { zh: '不低于', en: 'is at least' },
  '<': { zh: '低于', en: 'is below' },
  '<=': { zh: '不高于', en: 'is at most' },
  in: { zh: '属于', en: 'is one of' },
} as const satisfies Record<string, Text>;

/** `100 < x` is read as `x > 100`. */
const TURNED = { '==': '==', '!=': '!=', '>': '<', '>=': '<=', '<': '>', '<=': '>=' } as const;

const isCompared = (op: string): op is keyof typeof COMPARED => Object.hasOwn(COMPARED, op);
const isTurned = (op: string): op is keyof typeof TURNED => Object.hasOwn(TURNED, op);

type Unit = (typeof VARIABLES)[keyof typeof VARIABLES]['unit'];

/** A literal as it is said beside a variable of this unit; null: it is no literal. */
function literal(node: ASTNode, unit: Unit, lang: Language): string | null {
  if (node.op === 'list') {
    const items = node.args.map((item) => literal(item, unit, lang));
    return items.includes(null) ? null : items.join(lang === 'zh' ? '、' : ', ');
  }
  if (node.op !== 'value') return null;
  const { args: value } = node;
  if (typeof value === 'string') return value;
  const n = Number(value);
  if (Number.isNaN(n)) return null;
  if (unit === 'fen') return yuan(n)[lang];
  if (unit === 'share') return `${Math.round(n * 1_000) / 10}%`;
  return unit === 'hour' ? `${n}:00` : String(n);
}

/** `variable op literal`, in either order; null: something else. */
function comparison(node: ASTNode, lang: Language): string | null {
  if (!isCompared(node.op) || !Array.isArray(node.args)) return null;
  const [left, right] = node.args as [ASTNode, ASTNode];
  if (node.op === 'in' && right.op === 'id') {
    const said = literal(left, 'word', lang);
    if (said === null || !isVariable(right.args)) return null;
    const name = VARIABLES[right.args].name[lang];
    return lang === 'zh' ? `${name}中有 ${said}` : `${said} is among ${name}`;
  }
  const turned = left.op !== 'id' && isTurned(node.op);
  const [variable, value, op] = turned && isTurned(node.op) ? [right, left, TURNED[node.op]] : [left, right, node.op];
  if (variable.op !== 'id' || !isVariable(variable.args)) return null;
  const { name, unit } = VARIABLES[variable.args];
  const said = literal(value, unit, lang);
  if (said === null) return null;
  return lang === 'zh' ? `${name.zh}${COMPARED[op].zh} ${said}` : `${name.en} ${COMPARED[op].en} ${said}`;
}

const JOINED = {
  '&&': { zh: '且', en: ' and ' },
  '||': { zh: '或', en: ' or ' },
} as const satisfies Record<string, Text>;

function said(node: ASTNode, lang: Language, inside: '&&' | '||' | null): string {
  if (node.op === '&&' || node.op === '||') {
    const text = node.args.map((part) => said(part, lang, node.op as '&&' | '||')).join(JOINED[node.op][lang]);
    return inside === null || inside === node.op ? text : lang === 'zh' ? `（${text}）` : `(${text})`;
  }
  if (node.op === '!_') {
    const text = said(node.args, lang, null);
    return lang === 'zh' ? `并非（${text}）` : `not (${text})`;
  }
  // What has no words of its own is read as it is written.
  return comparison(node, lang) ?? serialize(node);
}

/**
 * A condition as a person reads it aloud; `amongOthers`: others stand beside it, all of which must hold. Throws for an
 * expression that `expressionProblem` refuses.
 */
export function readAloud(expression: string, amongOthers = false): Text {
  const tree = treeOf(expression);
  const inside = amongOthers ? '&&' : null;
  return { zh: said(tree, 'zh', inside), en: said(tree, 'en', inside) };
}
