export type Lang = 'zh' | 'en';

/** What a person reads, in both languages side by side: neither can be forgotten. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export interface TextTree {
  readonly [name: string]: TextTree | Text;
}

/** The same tree in one language. */
export type OneSide<T> = T extends Text ? string : { readonly [K in keyof T]: OneSide<T[K]> };

export interface Words {
  [name: string]: Words | string;
}

export function isText(node: TextTree | Text): node is Text {
  return typeof node.zh === 'string' && typeof node.en === 'string';
}

/** Picks one language out of a tree of texts. */
export function sideOf(tree: TextTree, lang: Lang): Words {
  return Object.fromEntries(
    Object.entries(tree).map(([name, node]) => [name, isText(node) ? node[lang] : sideOf(node, lang)]),
  );
}
