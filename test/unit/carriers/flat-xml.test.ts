import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeXml, readFlatXml } from '../../../src/workers/carriers/flat-xml.js';

const read = (xml: string): Record<string, string> | null => {
  const fields = readFlatXml(xml, 'R');
  return fields && Object.fromEntries(fields);
};

describe('a flat XML message', () => {
  it('gives the text of the children of its root', () => {
    expect(read('<R><a>1</a> <b>二 &lt;x&gt; &amp;amp;</b>\n<c/><d></d></R>')).toEqual({
      a: '1',
      b: '二 <x> &amp;',
      c: '',
      d: '',
    });
  });
  it('may have a declaration, comments, attributes, CDATA and numbered characters', () => {
    const xml =
      '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- hi --><R v="1" w=\'2\'><a x="y">1<!--2-->3</a><b><![CDATA[<&>]]></b><c>&#20108;&#x4E8C;</c></R>\n';
    expect(read(xml)).toEqual({ a: '13', b: '<&>', c: '二二' });
  });
  it('skips what lies deeper, so that one nested extension does not lose the whole push', () => {
    expect(read('<R><a>1</a><ext>x<k><v>2</v></k>y</ext></R>')).toEqual({ a: '1', ext: 'xy' });
  });
  it('declares no entity and reads nothing from outside: the classic attacks are refused', () => {
    const attacks = [
      '<!DOCTYPE R [<!ENTITY e "boom">]><R><a>&e;</a></R>',
      '<!DOCTYPE R SYSTEM "file:///etc/passwd"><R><a>1</a></R>',
      '<R><a>&e;</a></R>',
      '<R><a>&constructor;</a></R>',
      '<?xml version="1.0"?><?php echo 1 ?><R><a>1</a></R>',
      '<R><?pi?><a>1</a></R>',
    ];
    for (const xml of attacks) expect([xml, read(xml)]).toEqual([xml, null]);
  });
  it('that is broken, doubled or another one is null, never half of it', () => {
    const odd = [
      ...['', ' ', 'text', '<R>', '<R><a>1</a>', '<R><a>1</b></R>', '<R><a>1</R></a>', '</R>', '<R/><R/>', 'x<R/>'],
      ...['<R>text</R>', '<R><a>1</a></R>tail', '<r><a>1</a></r>', '<Q/>', '<R><a>1</a><a>2</a></R>', '<R><a>1'],
      ...[
        '<R><a>&</a></R>',
        '<R><a>&amp</a></R>',
        '<R><a>&#0;</a></R>',
        '<R><a>&#xD800;</a></R>',
        '<R><a>&#99999999;</a></R>',
      ],
      ...[
        '<R><a b=c>1</a></R>',
        '<R><a b>1</a></R>',
        '< R/>',
        '<R><1/></R>',
        '<R></a/></R>',
        '<R><![CDATA[x</R>',
        '<R><!-- x</R>',
      ],
      ...[`${'<R>'}${'<a>'.repeat(9)}${'</a>'.repeat(9)}</R>`, '<?xml version="1.0"?>'],
    ];
    for (const xml of odd) expect([xml, read(xml)]).toEqual([xml, null]);
  });
  it('with no children has none', () => {
    expect(read('<R/>')).toEqual({});
    expect(read('<R> </R>')).toEqual({});
  });
  it('never throws and never takes long, whatever comes', () => {
    const pieces = fc.constantFrom(
      '<R>',
      '</R>',
      '<a>',
      '</a>',
      '<a/>',
      '&',
      '&lt;',
      ']]>',
      '<![CDATA[',
      '<!--',
      '-->',
      ' ',
      'x',
      '"',
      '<',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => `<R>${all.join('')}</R>`),
        ),
        (xml) => {
          const fields = readFlatXml(xml, 'R');
          return fields === null || fields instanceof Map;
        },
      ),
      { numRuns: 2_000 },
    );
    const started = performance.now();
    for (const long of [' ', '<', '&', '<a ', '<!--', '<![CDATA[', 'a="']) read(`<R><a ${long.repeat(300_000)}`);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
  it('gives back any text that was escaped', () => {
    fc.assert(fc.property(fc.string(), (text) => read(`<R><a>${escapeXml(text)}</a></R>`)?.a === text));
  });
});
