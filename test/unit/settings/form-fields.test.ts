import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type FormField, fieldsOf, SECTION_FIELDS } from '../../../src/domain/settings/form-fields.js';
import { PLATFORMS } from '../../../src/producers/platforms/index.js';
import { CARRIERS } from '../../../src/workers/carriers/index.js';

const named = (fields: readonly FormField[], key: string) => fields.find((field) => field.key === key);

describe('the form of a section', () => {
  it('asks for what the contract requires and for nothing else (contract section 6)', () => {
    const required = (section: keyof typeof SECTION_FIELDS) =>
      SECTION_FIELDS[section].filter((field) => field.required).map((field) => field.key);
    expect(required('shops')).toEqual([
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
    ]);
    expect(required('carrierAccounts')).toEqual(['id', 'carrier', 'shops', 'credentials']);
    expect(required('policies')).toEqual(['id']);
    expect(required('tariffs')).toEqual(['carrier', 'feeFen', 'from']);
    expect(required('endpoints')).toEqual(['id', 'url', 'secret', 'events']);
  });

  it('knows choices, bounds, defaults and what null is for', () => {
    const { shops, carrierAccounts, policies, tariffs } = SECTION_FIELDS;
    expect(named(shops, 'mode')).toMatchObject({ kind: 'choice', choices: ['observe', 'approve', 'auto'] });
    expect(named(shops, 'agreementSignedAt')).toMatchObject({ kind: 'text', required: true, nullable: true });
    expect(named(tariffs, 'feeFen')).toMatchObject({ kind: 'number', min: 1, max: 100_000 });
    expect(named(carrierAccounts, 'rateLimit')).toMatchObject({
      kind: 'group',
      required: false,
      nullable: true,
      fallback: { max: 20, perMs: 1_000 },
    });
    expect(named(policies, 'maxAfterSaleAgeMs')).toMatchObject({ kind: 'number', fallback: 600_000, min: 1 });
    expect(named(shops, 'carrierAliases')).toMatchObject({ kind: 'map', of: { kind: 'text' } });
    expect(named(carrierAccounts, 'shops')).toMatchObject({
      kind: 'either',
      fields: [
        { kind: 'choice', choices: ['*'] },
        { kind: 'list', of: { kind: 'text' } },
      ],
    });
  });

  it('says of what it does not understand that it does not, instead of dropping it', () => {
    expect(fieldsOf(z.object({ odd: z.date() }))).toEqual([
      { key: 'odd', kind: 'other', required: true, nullable: false },
    ]);
    expect(fieldsOf(z.string())).toEqual([]);
  });
});

const PLUG_INS = [...PLATFORMS, ...CARRIERS].map(({ manifest }) => [manifest.slug, manifest] as const);

describe.each(PLUG_INS)('the credentials of %s', (_slug, { credentials }) => {
  const everywhere = (fields: readonly FormField[]): FormField[] =>
    fields.flatMap((field) => [field, ...everywhere(field.fields ?? []), ...everywhere(field.of ? [field.of] : [])]);

  it('can all be filled in by a form', () => {
    const fields = fieldsOf(credentials);
    expect(fields.length).toBeGreaterThan(0);
    expect(everywhere(fields).filter(({ kind }) => kind === 'other')).toEqual([]);
  });
});
