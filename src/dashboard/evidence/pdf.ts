import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fonts } from '@embedpdf/fonts-sc';
import PDFDocument from 'pdfkit';
import type { EvidenceSection } from './sections.js';

const REGULAR = 400;

/** The font's file (Noto Sans Hans, OFL): every pack embeds the glyphs it uses, so that any reader shows them. */
function fontFile(): string {
  const { file } = fonts.find(({ weight }) => weight === REGULAR) ?? {};
  if (file === undefined) throw new Error('the font package has no regular weight');
  const entry = createRequire(join(import.meta.dirname, 'pdf.js')).resolve('@embedpdf/fonts-sc');
  return join(dirname(entry), '../fonts', file);
}

const SIZE = { title: 16, head: 12, text: 10, foot: 8 } as const;
const INDENT = 12;

interface EvidencePack {
  readonly title: string;
  readonly sections: readonly EvidenceSection[];
  /** What is said of an empty table. */
  readonly nothing: string;
  readonly foot: string;
  readonly at: Date;
}

type Document = InstanceType<typeof PDFDocument>;

function writeSection(doc: Document, { title, facts = [], text, table }: EvidenceSection, nothing: string): void {
  doc.moveDown(0.8).fontSize(SIZE.head).text(title).moveDown(0.2).fontSize(SIZE.text);
  for (const [name, value] of facts) doc.text(`${name}：${value}`, { indent: INDENT });
  if (text !== undefined) doc.moveDown(0.3).text(text, { indent: INDENT });
  if (!table) return;
  if (table.rows.length === 0) doc.text(nothing, { indent: INDENT });
  else doc.moveDown(0.3).table({ data: [[...table.heads], ...table.rows.map((row) => [...row])] });
}

/** The pack as one PDF, made while it is sent. */
export function evidencePdf({ title, sections, nothing, foot, at }: EvidencePack): AsyncIterable<Uint8Array> {
  const doc = new PDFDocument({ size: 'A4', margin: 48, info: { Title: title, CreationDate: at }, bufferPages: true });
  doc.registerFont('text', fontFile()).font('text');
  doc.fontSize(SIZE.title).text(title);
  for (const section of sections) writeSection(doc, section, nothing);
  doc.moveDown(1).fontSize(SIZE.foot).text(foot);
  doc.end();
  return doc;
}
