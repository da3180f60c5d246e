/**
 * One step through an XML text: a comment, a CDATA section, a tag or plain text. No doctype and no processing
 * instruction, so that no entity can be declared and nothing outside the message can be read.
 */
const STEP =
  /<!--(?:(?!--)[\s\S])*-->|<!\[CDATA\[(?<cdata>[\s\S]*?)\]\]>|<(?<close>\/?)(?<name>[A-Za-z_][\w.-]*)(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(?<empty>\/?)>|(?<text>[^<]+)/y;
const DECLARATION = /^\uFEFF?\s*(?:<\?xml\s[^?<>]*\?>)?/;
/** What XML itself defines; everything else would need a declaration. */
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const MAX_DEPTH = 8;

class NotFlat extends Error {}

function character(digits: string, radix: number): string {
  const code = Number.parseInt(digits, radix);
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new NotFlat('no such character');
  return String.fromCodePoint(code);
}

function plain(text: string): string {
  return text.replace(/&([^;&]{0,10});|&/g, (_whole, name: string | undefined) => {
    const decimal = /^#(\d{1,7})$/.exec(name ?? '')?.[1];
    if (decimal !== undefined) return character(decimal, 10);
    const hex = /^#x([\da-fA-F]{1,6})$/.exec(name ?? '')?.[1];
    if (hex !== undefined) return character(hex, 16);
    const known = name !== undefined && Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (known === undefined) throw new NotFlat('an entity that XML does not define');
    return known;
  });
}

/** A document under way: what is open, and the text directly below the root's children. */
class FlatDocument {
  readonly #open: string[] = [];
  readonly #texts = new Map<string, string>();
  #ended = false;

  constructor(readonly root: string) {}

  openTag(name: string): void {
    if (this.#ended || (this.#open.length === 0 && name !== this.root)) throw new NotFlat('not the root asked for');
    if (this.#open.length >= MAX_DEPTH) throw new NotFlat('nested beyond reason');
    if (this.#open.length === 1) {
      if (this.#texts.has(name)) throw new NotFlat('a child that is there twice says two things');
      this.#texts.set(name, '');
    }
    this.#open.push(name);
  }

  closeTag(name: string): void {
    if (this.#open.pop() !== name) throw new NotFlat('tags that do not match');
    this.#ended = this.#open.length === 0;
  }

  addText(text: string): void {
    const child = this.#open[1];
    if (this.#open.length === 2 && child !== undefined) this.#texts.set(child, (this.#texts.get(child) ?? '') + text);
    else if (this.#open.length < 2 && text.trim() !== '') throw new NotFlat('text outside a child of the root');
  }

  end(): ReadonlyMap<string, string> {
    if (!this.#ended) throw new NotFlat('the text broke off');
    return this.#texts;
  }
}

function read(xml: string, root: string): ReadonlyMap<string, string> {
  const document = new FlatDocument(root);
  STEP.lastIndex = DECLARATION.exec(xml)?.[0].length ?? 0;
  while (STEP.lastIndex < xml.length) {
    const step = STEP.exec(xml)?.groups;
    if (!step) throw new NotFlat('not XML');
    const { cdata, name, close, empty, text } = step;
    if (name !== undefined) {
      if (close && empty) throw new NotFlat('not XML');
      if (!close) document.openTag(name);
      if (close || empty) document.closeTag(name);
    }
    if (text !== undefined) document.addText(plain(text));
    if (cdata !== undefined) document.addText(cdata);
  }
  return document.end();
}

/**
 * The children of the root of a flat XML message, by name, with their text; what lies deeper is skipped. Strict, since a
 * courier's push is small and fixed: null for another root, a doctype, a named entity that XML does not define, a child
 * that is there twice, or anything not well formed.
 */
export function readFlatXml(xml: string, root: string): ReadonlyMap<string, string> | null {
  try {
    return read(xml, root);
  } catch (error) {
    if (error instanceof NotFlat) return null;
    throw error;
  }
}

/** A text as it stands between two tags. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
