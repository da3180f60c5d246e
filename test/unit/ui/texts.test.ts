import { describe, expect, it } from '@jest/globals';
import { languageOf, sideIn } from '../../../src/dashboard/ui/texts/language.js';
import { isText, sideOf, type TextTree } from '../../../src/dashboard/ui/texts/text.js';
import { TEXTS } from '../../../src/dashboard/ui/texts/texts.js';

/** Every text with its path. */
function leaves(tree: TextTree, path = ''): [string, { zh: string; en: string }][] {
  return Object.entries(tree).flatMap(([name, node]) =>
    isText(node) ? [[`${path}${name}`, node]] : leaves(node, `${path}${name}.`),
  );
}

const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('the language', () => {
  it.each([
    [['zh-TW', 'en'], 'zh'],
    [['en-GB', 'zh-CN'], 'en'],
    [['fr', 'EN'], 'en'],
    [['fr', 'de'], 'zh'],
    [[], 'zh'],
  ] as const)('for a browser that asks for %j is %s: the first that we speak, else Chinese', (asked, lang) => {
    expect(languageOf(asked)).toBe(lang);
  });
});

describe('the texts', () => {
  it('say something in both languages, with the same figures filled in', () => {
    const all = leaves(TEXTS);
    const wanting = all.filter(
      ([, { zh, en }]) => zh.trim() === '' || en.trim() === '' || holes(zh).join() !== holes(en).join(),
    );
    expect(wanting).toEqual([]);
    expect(all.length).toBeGreaterThan(200);
  });

  it('come out in one language', () => {
    expect(sideOf({ a: { b: { zh: '一', en: 'one' } } }, 'en')).toEqual({ a: { b: 'one' } });
    expect(sideIn('zh', { zh: '一', en: 'one' })).toBe('一');
  });
});
