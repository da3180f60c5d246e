import { describe, expect, it } from '@jest/globals';
import { printable, printTable } from '../../src/cli/io.js';
import { createLog } from '../../src/log.js';

function logged(fields: Record<string, unknown>): string {
  let text = '';
  const write = (line: string) => {
    text += line;
  };
  createLog('info', { write }).info({ event: 'test', ...fields }, 'test');
  return text;
}

const ESC = '\u001b';
const FORGERIES = [
  '\r\n{"level":60,"msg":"forged"}',
  `${ESC}[2J${ESC}[31mred`,
  '\u2028{"level":60}',
  '\u0085next',
  '\u0000',
];

describe('an entry of the log (S21)', () => {
  it.each(FORGERIES.map((text) => [JSON.stringify(text), text]))(
    'with %s in it is one line that reads as it was meant',
    (_, text) => {
      const line = logged({ shop: text });
      expect(line.trimEnd().split(/\r\n|\r|\n/)).toHaveLength(1);
      expect(line).not.toContain(ESC);
      expect(JSON.parse(line)).toMatchObject({ level: 30, event: 'test', shop: text });
    },
  );

  it.each(['password', 'appSecret', 'accessToken', 'token', 'authorization', 'credentials', 'cookie'])(
    'never shows a field called %s, at the top or within (S20)',
    (name) => {
      expect(logged({ [name]: 'canary' })).not.toContain('canary');
      expect(logged({ account: { [name]: 'canary' } })).not.toContain('canary');
      expect(logged({ account: { id: 'canary' } })).toContain('canary');
    },
  );
});

describe('a text from outside on a terminal', () => {
  it('moves no cursor, rings no bell and turns no line around', () => {
    expect(printable(`a${ESC}[2Jb\u0007\u202ec\rd`)).toBe('a\ufffd[2Jb\ufffd\ufffdc\ufffdd');
    expect(printable('示例店 ＝\n\t1')).toBe('示例店 ＝\n\t1');
  });

  it('stays within its cell of a table', () => {
    let out = '';
    const stdout = { write: (text: string) => (out += text) };
    printTable({ language: 'en', stdout } as never, ['name'], [['a\nforged row\u001b[A']]);
    expect(out.trimEnd().split('\n')).toEqual(['name', 'a forged row\ufffd[A']);
  });
});
