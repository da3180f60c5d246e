import { describe, expect, it } from '@jest/globals';
import { LogOutput } from '../../src/log-output.js';

type Done = (error: NodeJS.ErrnoException | null, written: number) => void;

/** A file that takes what it is given when the test says so. */
function file() {
  const asked: { readonly text: string; readonly done: Done }[] = [];
  const write = (_fd: number, bytes: Buffer, done: Done) => void asked.push({ text: bytes.toString(), done });
  return {
    asked,
    write,
    take(error: NodeJS.ErrnoException | null = null) {
      const last = asked.at(-1);
      last?.done(error, error ? 0 : Buffer.byteLength(last.text));
    },
  };
}
const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });

describe('the output of the log', () => {
  it('writes lines in order, those that came meanwhile together', () => {
    const { asked, write, take } = file();
    const output = new LogOutput(1, write);
    for (const line of ['a\n', 'b\n', 'c\n']) output.write(line);
    expect(asked.map(({ text }) => text)).toEqual(['a\n']);
    take();
    expect(asked.map(({ text }) => text)).toEqual(['a\n', 'b\nc\n']);
  });

  it('drops and counts what nobody reads, and says so when somebody does again (F72)', () => {
    const { asked, write, take } = file();
    const output = new LogOutput(1, write, 4);
    for (let n = 0; n < 10; n += 1) output.write('a\n');
    take();
    take();
    expect(asked.at(-1)?.text).toContain('"event":"log.dropped","lines":8');
  });

  it('drops and counts what a full disk refuses, and goes on with the next line (F72)', () => {
    const { asked, write, take } = file();
    const output = new LogOutput(1, write);
    output.write('a\n');
    take(full);
    expect(asked).toHaveLength(1);
    output.write('b\n');
    take();
    expect(asked.map(({ text }) => text).slice(0, 2)).toEqual(['a\n', 'b\n']);
    expect(asked.at(-1)?.text).toContain('"lines":1');
  });

  it('writes the rest of a line that was taken in part', () => {
    const { asked, write } = file();
    new LogOutput(1, write).write('abc\n');
    asked[0]?.done(null, 1);
    expect(asked.map(({ text }) => text)).toEqual(['abc\n', 'bc\n']);
  });
});
