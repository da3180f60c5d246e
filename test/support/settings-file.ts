import { stringify } from 'yaml';
import { z } from 'zod';
import type { Features } from '../../src/domain/settings/features.js';
import type { LocatedProblem } from '../../src/domain/settings/problem.js';
import { showPath } from '../../src/domain/settings/problem.js';
import { type CredentialSchemas, type ReadOptions, readSettingsFile } from '../../src/domain/settings/read-file.js';

const KEY_PAIR = { appKey: z.string().min(1), appSecret: z.string().min(1) };

/** Credentials as plug-ins would ask for them; `jd` is a platform and a courier. */
const SCHEMAS: CredentialSchemas = {
  platforms: {
    douyin: z.strictObject({ ...KEY_PAIR, accessToken: z.string().min(1), refreshToken: z.string().optional() }),
    jd: z.strictObject({ ...KEY_PAIR, accessToken: z.string().min(1) }),
    generic: z.strictObject({ secret: z.string().min(1) }),
  },
  carriers: {
    zto: z.strictObject(KEY_PAIR),
    yto: z.strictObject({ ...KEY_PAIR, customerCode: z.string().min(1) }),
    jd: z.strictObject({ ...KEY_PAIR, customerCode: z.string().min(1) }),
    kuaidi100: z.strictObject({ key: z.string(), secret: z.string() }),
  },
};

/** What these can do. */
const FEATURES: Features = {
  platforms: {
    douyin: { doors: { push: true, socket: false, poll: true, detail: true }, hasChannel: true },
    jd: { doors: { push: false, socket: false, poll: true, detail: true }, hasChannel: false },
    generic: { doors: { push: true, socket: false, poll: false, detail: false }, hasChannel: false },
  },
  carriers: { zto: {}, yto: {}, jd: {}, kuaidi100: { serves: { deppon: 'debangwuliu', ems: 'ems' } } },
};

/** The least a shop must say (contract section 6). */
export const aShopEntry = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'dy-main',
  platform: 'douyin',
  platformShopId: '10437917',
  name: '示例旗舰店',
  crossBorder: false,
  status: 'active',
  agreementSignedAt: '2024-11-18T00:00:00+08:00',
  credentials: { appKey: '7012345678901234567', appSecret: 'shop-secret', accessToken: 'shop-token' },
  policy: 'default',
  mode: 'auto',
  ...over,
});

/** The least an account must say. */
export const anAccountEntry = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'zto-main',
  carrier: 'zto',
  shops: '*',
  credentials: { appKey: 'zto-key', appSecret: 'zto-secret' },
  ...over,
});

export const aFile = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  shops: [aShopEntry()],
  carrierAccounts: [anAccountEntry()],
  tariffs: [{ carrier: 'zto', feeFen: 300, from: '2024-11-18' }],
  policies: [{ id: 'default' }],
  ...over,
});

export const read = (file: Record<string, unknown> | string, options: Partial<ReadOptions> = {}) =>
  readSettingsFile(typeof file === 'string' ? file : stringify(file), {
    env: {},
    credentials: SCHEMAS,
    features: FEATURES,
    ...options,
  });

/** The parsed file; throws with its problems. */
export function parsed(file: Record<string, unknown> | string, options: Partial<ReadOptions> = {}) {
  const result = read(file, options);
  if (!result.ok) throw new Error(result.problems.map(shown).join('\n'));
  return result.file;
}

const shown = (problem: LocatedProblem): string => `${showPath(problem.path)}: ${problem.why.en}`;

/** What is wrong with a file, `path: why`; empty when nothing is. */
export function problems(file: Record<string, unknown> | string, options: Partial<ReadOptions> = {}): string[] {
  const result = read(file, options);
  return result.ok ? [] : result.problems.map(shown);
}
