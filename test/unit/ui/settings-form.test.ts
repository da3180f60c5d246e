import { describe, expect, it } from '@jest/globals';
import type { ConfigAnswer, FormsAnswer } from '../../../src/dashboard/ui/http/answers.js';
import { auditAddress, auditFiltersFrom, auditQuery } from '../../../src/dashboard/ui/people/audit-filters.js';
import { fileOf, keepsKeys, problemsByPath, startRow } from '../../../src/dashboard/ui/settings/draft.js';
import { healthOf } from '../../../src/dashboard/ui/settings/intake-health.js';
import { editAddress } from '../../../src/dashboard/ui/settings/parts.js';
import { SECTION_FIELDS } from '../../../src/domain/settings/form-fields.js';

const CONFIG: ConfigAnswer = {
  version: 7,
  changedAt: null,
  changedBy: null,
  shops: [],
  carrierAccounts: [
    {
      id: 'zto-main',
      enabled: false,
      readable: true,
      row: { id: 'zto-main', carrier: 'zto', shops: '*', concurrency: 4 },
      set: { credentials: ['appKey'] },
    },
  ],
  policies: [],
  tariffs: [{ carrier: 'zto', feeFen: 300, from: '2024-11-18' }],
  retention: null,
  notifications: [],
  endpoints: [],
};
const FORMS = { sections: SECTION_FIELDS, platforms: {}, carriers: {} };
const start = (...[section, id]: [Parameters<typeof startRow>[2], string | null]) =>
  startRow(CONFIG, JSON.parse(JSON.stringify(FORMS)) as FormsAnswer, section, id);

describe('the form of a stored row', () => {
  it('begins with what is stored, and an account that is off does not come on by being looked at', () => {
    expect(start('carrierAccounts', 'zto-main')).toEqual({
      draft: { id: 'zto-main', carrier: 'zto', shops: '*', concurrency: 4, enabled: false },
      set: { credentials: ['appKey'] },
      isNew: false,
    });
    expect(start('tariffs', 'zto 2024-11-18')?.draft).toEqual({ carrier: 'zto', feeFen: 300, from: '2024-11-18' });
  });

  it('is none for a row that does not exist', () => {
    expect(start('carrierAccounts', 'gone')).toBeNull();
    expect(start('tariffs', 'zto 2025-01-01')).toBeNull();
  });
});

describe('the form of a new row', () => {
  it('begins with the defaults of `apply`, and a shop with sending nothing', () => {
    expect(start('shops', null)).toMatchObject({
      draft: { mode: 'observe', agreementSignedAt: null, channel: 'carrier', refundMode: 'off', intake: 'push' },
      isNew: true,
    });
    expect(start('policies', null)?.draft).toMatchObject({ auto: true, maxAfterSaleAgeMs: 600_000 });
    expect(start('retention', null)?.draft).toEqual({ rawDays: 30, personalDays: 90 });
  });
});

describe('what is sent', () => {
  it('is the row as a configuration file has it', () => {
    expect(fileOf('tariffs', { carrier: 'zto' })).toEqual({ tariffs: [{ carrier: 'zto' }] });
    expect(fileOf('retention', { rawDays: 7 })).toEqual({ retention: { rawDays: 7 } });
  });

  it.each([
    [{}, true],
    [{ baseUrl: null }, true],
    [{ concurrency: 9 }, true],
    [{ baseUrl: 'https://elsewhere.example.com' }, false],
    [{ carrier: 'yto' }, false],
  ])('with %j keeps the stored keys: %s', (over, keeps) => {
    const before = { carrier: 'zto' };
    expect(keepsKeys(before, { ...before, ...over })).toBe(keeps);
  });
});

describe('a problem', () => {
  const text = { zh: '缺少此项', en: 'is missing' };
  it('is put at its field; what belongs to no field of the row is put above it', () => {
    const found = problemsByPath('shops', [
      { field: 'file.shops[0].credentials.appKey', text },
      { field: 'file.shops[0].carrierAliases.85', text },
      { field: 'file.shops[0]', text },
      { field: 'disable[0]', text },
    ]);
    expect([...found.keys()]).toEqual(['credentials.appKey', 'carrierAliases.85', '']);
    expect(found.get('')).toHaveLength(2);
    expect([...problemsByPath('retention', [{ field: 'file.retention.rawDays', text }]).keys()]).toEqual(['rawDays']);
  });
});

describe('the intake of a shop', () => {
  const now = Date.parse('2026-11-22T08:00:00Z');
  const at = (agoMs: number) => new Date(now - agoMs).toISOString();
  const door = { failingSince: null, lastOkAt: at(5_000), nextAt: at(-25_000) };
  it.each([
    ['working', door],
    ['working', { ...door, nextAt: null }],
    ['working', { ...door, nextAt: at(100_000) }],
    ['overdue', { ...door, nextAt: at(121_000) }],
    ['unread', { ...door, lastOkAt: null }],
    ['failing', { ...door, failingSince: at(1_000) }],
    ['failing', { ...door, lastOkAt: null, failingSince: at(1_000) }],
  ])('is %s', (health, given) => {
    expect(healthOf(given, now)).toBe(health);
  });
});

describe('addresses', () => {
  it('hold the row that is changed, whatever its id', () => {
    expect(editAddress('tariffs', 'zto 2024-11-18')).toBe('/settings?part=tariffs&edit=tariffs&id=zto%202024-11-18');
    expect(editAddress('endpoints', null)).toBe('/settings?part=targets&edit=endpoints&new=1');
  });

  it('hold the search of the audit log, and nothing that is empty', () => {
    const filters = auditFiltersFrom(new URLSearchParams('actor=ann&action=&page=2'));
    expect([filters, auditAddress(filters), auditAddress({})]).toEqual([
      { actor: 'ann' },
      '/audit?actor=ann',
      '/audit',
    ]);
    const at = '2026-11-22T16:00';
    expect(auditQuery({ since: at, until: 'soon' })).toBe(
      new URLSearchParams({ since: new Date(at).toISOString() }).toString(),
    );
  });
});
