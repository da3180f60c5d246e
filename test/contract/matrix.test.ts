import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { CARRIER_CASES } from './carrier-contract.js';
import type { CarrierHarness } from './carrier-harness.js';
import { douyinChannelHarness } from './douyin-channel-harness.js';
import { douyinHarness } from './douyin-platform-harness.js';
import { genericHarness } from './generic-platform-harness.js';
import { jdChannelHarness } from './jd-channel-harness.js';
import { jdHarness } from './jd-harness.js';
import { jdPlatformHarness } from './jd-platform-harness.js';
import { jtexpressHarness } from './jtexpress-harness.js';
import { kuaidi100Harness } from './kuaidi100-harness.js';
import { kuaishouHarness } from './kuaishou-platform-harness.js';
import { pinduoduoHarness } from './pinduoduo-platform-harness.js';
import { PLATFORM_CASES } from './platform-contract.js';
import type { PlatformHarness } from './platform-harness.js';
import { sfHarness } from './sf-harness.js';
import { stoHarness } from './sto-harness.js';
import { taobaoCutHarness } from './taobao-channel-harness.js';
import { taobaoHarness } from './taobao-platform-harness.js';
import { wechatHarness } from './wechat-platform-harness.js';
import { xiaohongshuHarness } from './xiaohongshu-platform-harness.js';
import { ytoHarness } from './yto-harness.js';
import { yundaHarness } from './yunda-harness.js';
import { ztoHarness } from './zto-harness.js';

/** `JIEJIAN_WRITE_DOCS=1` writes the page anew (`npm run generate` does); else it is compared with what is true. */
const FILE = 'docs/contracts.md';

const COURIERS: Readonly<Record<string, CarrierHarness>> = {
  ZTO: ztoHarness,
  YTO: ytoHarness,
  Yunda: yundaHarness,
  STO: stoHarness,
  SF: sfHarness,
  JD: jdHarness,
  'J&T': jtexpressHarness,
  Kuaidi100: kuaidi100Harness,
  'Douyin channel': douyinChannelHarness,
  'Taobao channel': taobaoCutHarness,
  'JD POP channel': jdChannelHarness,
};

const PLATFORMS: Readonly<Record<string, PlatformHarness>> = {
  Douyin: douyinHarness,
  Taobao: taobaoHarness,
  Pinduoduo: pinduoduoHarness,
  'JD POP': jdPlatformHarness,
  Kuaishou: kuaishouHarness,
  Xiaohongshu: xiaohongshuHarness,
  WeChat: wechatHarness,
  Generic: genericHarness,
};

type Cell = 'kept' | 'broken' | '–';

interface Suite<H> {
  readonly title: string;
  readonly harnesses: Readonly<Record<string, H>>;
  readonly cases: readonly { readonly name: string; readonly run: (harness: H) => Promise<void> }[];
  /** What a manifest, or a harness, does not declare is not asked of it. */
  readonly applies: (index: number, harness: H) => boolean;
}

const SUITES = [
  suite<CarrierHarness>({
    title: 'The contract of couriers and of platforms’ own intercept channels',
    harnesses: COURIERS,
    cases: CARRIER_CASES,
    applies: (index, { plugin }) => CARRIER_CASES[index]?.applies?.(plugin.manifest) ?? true,
  }),
  suite<PlatformHarness>({
    title: 'The contract of selling platforms',
    harnesses: PLATFORMS,
    cases: PLATFORM_CASES,
    applies: (index, harness) => PLATFORM_CASES[index]?.applies?.(harness) ?? true,
  }),
];

/** A suite whose cells can be had without knowing what its harnesses are. */
function suite<H>({ title, harnesses, cases, applies }: Suite<H>) {
  const columns = Object.entries(harnesses);
  const cell = async (index: number, harness: H): Promise<Cell> => {
    if (!applies(index, harness)) return '–';
    const outcome = await cases[index]?.run(harness).then(
      () => 'kept' as const,
      () => 'broken' as const,
    );
    return outcome ?? 'broken';
  };
  return {
    title,
    names: cases.map(({ name }) => name),
    columns: columns.map(([name]) => name),
    row: (index: number) => Promise.all(columns.map(([, harness]) => cell(index, harness))),
  };
}

const escaped = (text: string) => text.replaceAll('|', '\\|');
const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;

describe('docs/contracts.md', () => {
  const rows = SUITES.map((): Cell[][] => []);

  SUITES.forEach(({ title, names, row }, s) => {
    it.each(names.map((name, index) => [name, index] as const))(`${title}: %s`, async (_name, index) => {
      const cells = await row(index);
      const own = rows[s];
      if (own) own[index] = cells;
      expect(cells).not.toContain('broken');
      // A case that concerns nobody proves nothing.
      expect(cells).toContain('kept');
    });
  });

  const page = () =>
    [
      '# Contracts',
      '<!-- Made by `npm run generate` from the runs of test/contract/matrix.test.ts. -->',
      '“kept”: the case ran against this adapter and held. “–”: the adapter does not declare what the case is about.',
      ...SUITES.map(({ title, names, columns }, s) =>
        [
          `## ${title}\n`,
          line(['Case', ...columns]),
          line(['---', ...columns.map(() => '---')]),
          ...names.map((name, index) => line([name, ...(rows[s]?.[index] ?? [])])),
        ].join('\n'),
      ),
    ].join('\n\n');

  if (process.env.JIEJIAN_WRITE_DOCS) afterAll(() => writeFileSync(FILE, `${page()}\n`));

  it('says how each case went; `npm run generate` makes it anew', () => {
    if (process.env.JIEJIAN_WRITE_DOCS) expect(rows.flat().length).toBe(CARRIER_CASES.length + PLATFORM_CASES.length);
    else expect(readFileSync(FILE, 'utf8')).toBe(`${page()}\n`);
  });
});
