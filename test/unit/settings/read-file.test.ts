import { describe, expect, it } from '@jest/globals';
import { aFile, anAccountEntry, aShopEntry, parsed, problems, read } from '../../support/settings-file.js';

/** The file as the contract shows it, shortened of nothing but its comments. */
const CONTRACT = `
shops:
  - id: dy-main
    platform: douyin
    platformShopId: "10437917"
    name: 示例旗舰店
    crossBorder: false
    status: active
    agreementSignedAt: "2024-11-18T00:00:00+08:00"
    baseUrl: https://openapi-fxg.jinritemai.com
    credentials: { appKey: "7012345678901234567", appSecret: "\${DY_SECRET}", accessToken: "\${DY_TOKEN}" }
    channel: carrier
    policy: default
    mode: auto
    refundMode: off
    autoFrom: "2026-11-01T00:00:00+08:00"
    intake: push
    requireContents: false
    carrierAliases: { "85": yto, 圆通速递: yto }
    returnAddress: { name: , phone: , province: , city: , district: , detail: }
carrierAccounts:
  - id: zto-main
    carrier: zto
    shops: [dy-main]
    baseUrl: https://japi.zto.com
    credentials: { appKey: "…", appSecret: "\${ZTO_SECRET}" }
    rateLimit: { max: 20, perMs: 1000 }
    readRateLimit: { max: 20, perMs: 1000 }
    concurrency: 10
    timeoutMs: 3000
    enabled: true
tariffs:
  - { carrier: zto, feeFen: 300, from: "2024-11-18" }
  - { carrier: yunda, feeFen: 300, from: "2024-11-18" }
  - { carrier: yto, feeFen: 400, from: "2024-11-18" }
policies:
  - id: default
    auto: true
    when: {}
    partialRefund: skip
    afterRefundPaid: intercept
    approvalAboveFen: 80000
    budget: { perDayFen: 500000, perHourCount: 2000 }
    maxAfterSaleAgeMs: 600000
    deadline: forecast
    contentsMaxAgeMs: 80000
    agreeRefund: { at: never, hours: "09:00-21:00" }
    atPlatformDeadline: ask
    platformLeadMs: 1800000
retention: { rawDays: 30, personalDays: 90 }
notifications:
  - { id: ops-bot, kind: dingtalk, url: "\${DING_URL}", events: [alert.*, digest.daily] }
endpoints:
  - { id: erp, url: "https://erp.example.com/hooks", secret: "\${ERP_HOOK_SECRET}", events: [intercept.*] }
`;
const ENV = {
  DY_SECRET: 'a',
  DY_TOKEN: 'b',
  ZTO_SECRET: 'c',
  DING_URL: 'https://oapi.dingtalk.com/robot/send?access_token=t',
  ERP_HOOK_SECRET: 'long-enough',
};

describe('the file of the contract', () => {
  it('is taken as it stands', () => {
    const file = parsed(CONTRACT, { env: ENV });
    expect(file.shops[0]).toMatchObject({
      id: 'dy-main',
      credentials: { appKey: '7012345678901234567', appSecret: 'a', accessToken: 'b' },
      agreementSignedAt: '2024-11-17T16:00:00.000Z',
      carrierAliases: { '85': 'yto', 圆通速递: 'yto' },
    });
    expect(file.policies[0]).toMatchObject({ approvalAboveFen: 80_000, deadline: 'forecast' });
    expect(file.notifications[0]?.url).toBe(ENV.DING_URL);
  });

  it('names every variable that is not set, with its line', () => {
    const result = read(CONTRACT, { env: {} });
    if (result.ok) throw new Error('it was taken');
    const lineOf = (text: string) => CONTRACT.split('\n').findIndex((line) => line.includes(text)) + 1;
    expect(result.problems.map(({ line, why }) => [line, why.en])).toEqual(
      Object.keys(ENV).map((name) => [lineOf(`{${name}}`), `the environment variable ${name} is not set`]),
    );
  });

  it('may be JSON, which is YAML', () => {
    expect(parsed(JSON.stringify(aFile())).shops).toHaveLength(1);
  });

  it('may be empty, or hold empty lists', () => {
    expect(parsed('')).toMatchObject({ shops: [], policies: [] });
    expect(parsed('shops: []\ntariffs:\n')).toMatchObject({ shops: [], tariffs: [] });
  });
});

describe('what is left out', () => {
  it('of a shop has its default', () => {
    expect(parsed(aFile()).shops[0]).toMatchObject({
      baseUrl: null,
      channel: 'carrier',
      refundMode: 'off',
      autoFrom: null,
      intake: 'push',
      requireContents: false,
      carrierAliases: {},
      returnAddress: null,
    });
  });

  it('of an account has its default; reads have a budget of their own, as large as that of orders', () => {
    const limited = anAccountEntry({ id: 'b', shops: ['dy-main'], rateLimit: { max: 5, perMs: 500 } });
    const free = anAccountEntry({
      id: 'c',
      carrier: 'yto',
      credentials: { appKey: 'k', appSecret: 's', customerCode: 'c' },
      rateLimit: null,
    });
    const [first, second, third] = parsed(
      aFile({ carrierAccounts: [anAccountEntry(), limited, free] }),
    ).carrierAccounts;
    expect(first).toMatchObject({
      rateLimit: { max: 20, perMs: 1_000 },
      readRateLimit: { max: 20, perMs: 1_000 },
      concurrency: 10,
      timeoutMs: null,
      enabled: true,
      default: false,
    });
    expect(second?.readRateLimit).toEqual({ max: 5, perMs: 500 });
    expect(third).toMatchObject({ rateLimit: null, readRateLimit: null });
  });

  it('of a policy limits nothing that the seller did not limit', () => {
    expect(parsed(aFile()).policies[0]).toMatchObject({
      auto: true,
      approvalAboveFen: null,
      budget: { perDayFen: null, perHourCount: null },
      maxAfterSaleAgeMs: 600_000,
      contentsMaxAgeMs: 80_000,
      agreeRefund: { at: 'never', hours: null },
    });
  });

  it.each([
    'id',
    'platform',
    'platformShopId',
    'name',
    'crossBorder',
    'status',
    'agreementSignedAt',
    'credentials',
    'policy',
    'mode',
  ])('must not be a shop’s %s', (key) => {
    expect(problems(aFile({ shops: [aShopEntry({ [key]: undefined })], carrierAccounts: [] }))).toContain(
      `shops[0].${key}: is missing`,
    );
  });

  it.each(['id', 'carrier', 'shops', 'credentials'])('must not be an account’s %s', (key) => {
    const found = problems(aFile({ carrierAccounts: [anAccountEntry({ [key]: undefined })] }));
    expect(found.some((problem) => problem.startsWith(`carrierAccounts[0].${key}: `))).toBe(true);
  });
});

describe('a faulty file', () => {
  const shop = (over: Record<string, unknown>) => aFile({ shops: [aShopEntry(over)] });
  const account = (over: Record<string, unknown>) => aFile({ carrierAccounts: [anAccountEntry(over)] });
  const policy = (over: Record<string, unknown>) => aFile({ policies: [{ id: 'default', ...over }] });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['an unknown section', aFile({ shop: [] }), /^shop: there is no key "shop"; did you mean shops\?$/],
    ['an unknown key', shop({ platformShopID: 'x' }), /^shops\[0\]\.platformShopID: .*did you mean platformShopId\?$/],
    [
      'a key nobody could mean',
      shop({ colour: 'x' }),
      /^shops\[0\]\.colour: there is no key "colour"; known: id, platform/,
    ],
    [
      'an unknown key deep inside',
      account({ rateLimit: { max: 1, perMs: 1000, permS: 1 } }),
      /rateLimit\.permS: .*perMs\?/,
    ],
    [
      'an unknown key of credentials',
      shop({ credentials: { appKey: 'a', appSecret: 'b', acessToken: 'c', accessToken: 'd' } }),
      /credentials\.acessToken: .*accessToken\?/,
    ],
    [
      'credentials that lack a part',
      account({ credentials: { appKey: 'a' } }),
      /^carrierAccounts\[0\]\.credentials\.appSecret: is missing$/,
    ],
    ['a number as a long id', shop({ platformShopId: 10437917 }), /platformShopId: must be text: put it in quotes$/],
    ['an id with capitals', shop({ id: 'DY' }), /^shops\[0\]\.id: may hold a-z/],
    ['an id of 33 characters', policy({ id: 'a'.repeat(33) }), /^policies\[0\]\.id: may hold/],
    ['a misspelt choice', shop({ mode: 'atuo' }), /mode: there is no choice "atuo"; did you mean auto\?/],
    ['a time without its zone', shop({ agreementSignedAt: '2024-11-18T00:00:00' }), /must be a time with its zone/],
    [
      'a day that is none',
      aFile({ tariffs: [{ carrier: 'zto', feeFen: 300, from: '2024-02-30' }] }),
      /tariffs\[0\]\.from: must be a day/,
    ],
    ['a fee of nothing', aFile({ tariffs: [{ carrier: 'zto', feeFen: 0, from: '2024-02-01' }] }), /feeFen/],
    ['a fee in yuan', aFile({ tariffs: [{ carrier: 'zto', feeFen: 3.5, from: '2024-02-01' }] }), /feeFen/],
    ['http to a stranger', shop({ baseUrl: 'http://japi.zto.com' }), /baseUrl: must be scheme and host only/],
    [
      'a base URL with a path',
      account({ baseUrl: 'https://japi.zto.com/gateway' }),
      /baseUrl: must be scheme and host only/,
    ],
    [
      'a base URL with a password',
      account({ baseUrl: 'https://a:b@japi.zto.com' }),
      /baseUrl: must be scheme and host only/,
    ],
    [
      'http to a bot',
      aFile({ notifications: [{ id: 'a', kind: 'feishu', url: 'http://x.example', events: ['*'] }] }),
      /must be an https URL/,
    ],
    [
      'an event that is none',
      aFile({ endpoints: [{ id: 'a', url: 'https://x.example', secret: '12345678', events: ['Intercept'] }] }),
      /must look like intercept\.accepted/,
    ],
    [
      'hours that are none',
      policy({ agreeRefund: { at: 'returned', hours: '9-21' } }),
      /agreeRefund\.hours: must look like 09:00-21:00/,
    ],
    ['a deadline that is neither', policy({ deadline: 'soon' }), /policies\[0\]\.deadline: /],
    ['an unknown condition', policy({ when: { amount: 1 } }), /when\.amount: .*amountFen\?/],
    [
      'an unknown platform',
      shop({ platform: 'douyn' }),
      /platform: there is no platform "douyn"; did you mean douyin\?/,
    ],
    [
      'an unknown courier',
      account({ carrier: 'zzz' }),
      /carrier: there is no courier "zzz"; known: zto, yto, jd, kuaidi100$/,
    ],
    ['shops that are no list', account({ shops: 'dy-main' }), /carrierAccounts\[0\]\.shops: /],
    ['no concurrency', account({ concurrency: 0 }), /concurrency/],
    ['a list where a map should be', { shops: { id: 'x' } }, /^shops: /],
  ])('with %s is refused, and told where', (_, file, message) => {
    expect(problems(file)).toContainEqual(expect.stringMatching(message));
  });

  it('is told all of it at once, in the order of the lines, references too', () => {
    const text = [
      'shops:',
      '  - id: A',
      '    platfrom: douyin',
      '    policy: nowhere',
      'tariffs:',
      '  - { carrier: zto, feeFen: -1, from: "2024-11-18" }',
      'polices: []',
    ].join('\n');
    const result = read(text);
    if (result.ok) throw new Error('it was taken');
    const found = result.problems.map(({ line, path }) => `${line} ${path.at(-1)}`);
    expect(found).toEqual(expect.arrayContaining(['2 id', '3 platfrom', '4 policy', '6 feeFen', '7 polices']));
    const lines = result.problems.map(({ line }) => line ?? 0);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });

  it.each([
    ['a tab', 'shops:\n\t- id: a'],
    ['a key twice', 'shops: []\nshops: []'],
    ['an alias of nothing', 'shops: *nobody'],
    ['two documents', 'shops: []\n---\nshops: []'],
  ])('with %s is not YAML, and is told so', (_, text) => {
    expect(problems(text)).toContainEqual(expect.stringMatching(/^: is not YAML: /));
  });

  it('is refused when aliases multiply without end, or it would eat the machine', () => {
    const text = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((c, i) => `${c}: &${c} [${`*${'abcdefgh'[i]},`.repeat(8)}*${'abcdefgh'[i]}]`),
    ].join('\n');
    expect(problems(text)).toContainEqual(expect.stringMatching(/is not YAML/));
  });

  it('never shows a value in a problem, because problems are logged', () => {
    const file = aFile({
      shops: [aShopEntry({ credentials: { appKey: 5, appSecret: ['hunter2'], accessToken: '' } })],
      endpoints: [{ id: 'e', url: 'ftp://hunter2', secret: 'hunter2', events: ['*'] }],
    });
    expect(problems(file).length).toBeGreaterThan(3);
    expect(problems(file).join('\n')).not.toContain('hunter2');
  });

  it('speaks Chinese too', () => {
    const result = read(aFile({ shops: [aShopEntry({ polcy: 'x', mode: 5 })] }));
    if (result.ok) throw new Error('it was taken');
    const texts = result.problems.map(({ why }) => why.zh);
    expect(texts).toContain('没有名为“polcy”的配置项，是否想写 policy？');
    expect(texts.every((text) => /[\u4e00-\u9fff]/.test(text))).toBe(true);
  });
});

describe('variables', () => {
  const secretOf = (text: string, env: Record<string, string>) =>
    parsed(aFile({ carrierAccounts: [anAccountEntry({ credentials: { appKey: 'k', appSecret: text } })] }), { env })
      .carrierAccounts[0]?.credentials.appSecret;

  it('stand anywhere in a text, more than once', () => {
    expect(secretOf(['$', '{A}-', '$', '{B}-', '$', '{A}'].join(''), { A: '1', B: '2' })).toBe('1-2-1');
  });

  it('may hold what YAML would read, and change nothing but their place', () => {
    const value = `x"\nshops: [] # $${'{A}'}`;
    expect(secretOf('$' + '{A}', { A: value })).toBe(value);
  });

  it('are left alone when written with two dollars', () => {
    expect(secretOf('$$' + '{A}', { A: '1' })).toBe('$' + '{A}');
  });
});
