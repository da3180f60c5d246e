import type { CarrierManifest } from '../carrier/port.js';
import type { Doors } from '../platform/port.js';
import { unknownWord } from './issues.js';
import type { Problem } from './problem.js';

/** What the plugged-in platforms and couriers can do, as far as a row of the configuration may ask for it. */
export interface Features {
  readonly platforms: Readonly<Record<string, { readonly doors: Doors; readonly hasChannel: boolean }>>;
  readonly carriers: Readonly<Record<string, Pick<CarrierManifest, 'serves'>>>;
}

type Loose = Readonly<Record<string, unknown>>;

function rowsOf(file: unknown, key: string): readonly Loose[] {
  const list = typeof file === 'object' && file !== null ? (file as Loose)[key] : undefined;
  return Array.isArray(list) ? list.map((row): Loose => (typeof row === 'object' && row !== null ? row : {})) : [];
}

function of<T>(table: Readonly<Record<string, T>>, slug: unknown): T | undefined {
  return typeof slug === 'string' && Object.hasOwn(table, slug) ? table[slug] : undefined;
}

function shopProblems({ channel, intake, platform }: Loose, i: number, features: Features): Problem[] {
  const can = of(features.platforms, platform);
  if (!can) return [];
  const problems: Problem[] = [];
  if (channel === 'platform' && !can.hasChannel) {
    const why = {
      zh: `平台 ${platform} 没有拦截接口，请用 carrier`,
      en: `${platform} has no intercept API: use carrier`,
    };
    problems.push({ path: ['shops', i, 'channel'], why });
  }
  if ((intake === 'poll' || intake === 'both') && !can.doors.poll) {
    const why = { zh: `平台 ${platform} 不能轮询，请用 push`, en: `${platform} cannot be polled: use push` };
    problems.push({ path: ['shops', i, 'intake'], why });
  }
  return problems;
}

function accountProblems({ carrier, serves = [] }: Loose, i: number, features: Features): Problem[] {
  const manifest = of(features.carriers, carrier);
  if (!manifest || !Array.isArray(serves)) return [];
  const known = Object.keys(manifest.serves ?? {});
  const path = ['carrierAccounts', i, 'serves'];
  if (manifest.serves && serves.length === 0) {
    const list = known.join(', ');
    return [{ path, why: { zh: `请列出由它代理的快递：${list}`, en: `must name the couriers it fronts: ${list}` } }];
  }
  if (!manifest.serves && serves.length > 0) {
    return [
      {
        path,
        why: { zh: `${carrier} 只寄自己的包裹，请留空`, en: `${carrier} fronts no other courier: leave it out` },
      },
    ];
  }
  return serves.flatMap((slug, at) =>
    typeof slug === 'string' && !known.includes(slug)
      ? [{ path: [...path, at], why: unknownWord(slug, known, { zh: '快递', en: 'courier' }) }]
      : [],
  );
}

/** Everything a file asks of a platform or courier that it cannot do. */
export function checkFeatures(file: unknown, features: Features): Problem[] {
  return [
    ...rowsOf(file, 'shops').flatMap((row, i) => shopProblems(row, i, features)),
    ...rowsOf(file, 'carrierAccounts').flatMap((row, i) => accountProblems(row, i, features)),
  ];
}
