import { describe, expect, it } from '@jest/globals';
import { type ComparableRow, diffSettings, type Picture, stableJson } from '../../../src/domain/settings/diff.js';

const row = (shown: Record<string, unknown>, secret: Record<string, unknown> = {}): ComparableRow => ({
  shown,
  secret,
});
const shops = (rows: Record<string, ComparableRow>): Picture => ({ shops: new Map(Object.entries(rows)) });
const diff = (stored: Picture, wanted: Picture, prune = false) => diffSettings(stored, wanted, { prune });

describe('the difference', () => {
  it('of equals is empty, whatever order their keys were written in', () => {
    const stored = shops({ a: row({ x: { b: 1, a: [1, 2] }, enabled: true }, { key: { k: 's', j: 't' } }) });
    const wanted = shops({ a: row({ enabled: true, x: { a: [1, 2], b: 1 } }, { key: { j: 't', k: 's' } }) });
    expect(diff(stored, wanted)).toEqual([]);
  });

  it('shows of a new row every field, so that defaults are seen before they hold', () => {
    expect(
      diff(
        {},
        shops({
          a: row({ mode: 'auto', intake: 'push', baseUrl: null }, { credentials: { k: 's' }, returnAddress: null }),
        }),
      ),
    ).toEqual([
      {
        section: 'shops',
        id: 'a',
        action: 'add',
        fields: [
          { field: 'mode', to: 'auto', secret: false },
          { field: 'intake', to: 'push', secret: false },
          { field: 'baseUrl', to: null, secret: false },
          { field: 'credentials', secret: true },
        ],
      },
    ]);
  });

  it('shows of a changed row only what changed, from what to what', () => {
    const stored = shops({ a: row({ mode: 'observe', name: 'n' }) });
    expect(diff(stored, shops({ a: row({ mode: 'auto', name: 'n' }) }))).toEqual([
      {
        section: 'shops',
        id: 'a',
        action: 'change',
        fields: [{ field: 'mode', from: 'observe', to: 'auto', secret: false }],
      },
    ]);
  });

  it('counts the order of a list, because it may mean something', () => {
    expect(diff(shops({ a: row({ l: [1, 2] }) }), shops({ a: row({ l: [2, 1] }) }))).toHaveLength(1);
  });

  it('takes a field that is gone for null, and null for a field that is not there', () => {
    expect(diff(shops({ a: row({ x: null }) }), shops({ a: row({}) }))).toEqual([]);
    expect(diff(shops({ a: row({ x: 1 }) }), shops({ a: row({}) }))[0]?.fields).toEqual([
      { field: 'x', from: 1, to: null, secret: false },
    ]);
  });

  it('says of a secret that it changed, and never what it was or is', () => {
    const changes = diff(
      shops({ a: row({}, { credentials: { appSecret: 'hunter2' } }) }),
      shops({ a: row({}, { credentials: { appSecret: 'hunter3' } }) }),
    );
    expect(changes[0]?.fields).toEqual([{ field: 'credentials', secret: true }]);
    expect(JSON.stringify(changes)).not.toMatch(/hunter/);
  });

  it('leaves what the file does not name as it is', () => {
    expect(diff(shops({ a: row({ enabled: true }) }), {})).toEqual([]);
  });

  it('disables it with prune, once, and deletes nothing', () => {
    const stored = shops({ a: row({ enabled: true }), b: row({ enabled: false }), c: row({ price: 1 }) });
    expect(diff(stored, {}, true)).toEqual([
      {
        section: 'shops',
        id: 'a',
        action: 'disable',
        fields: [{ field: 'enabled', from: true, to: false, secret: false }],
      },
    ]);
  });

  it('leaves with prune what the file does name', () => {
    const both = shops({ a: row({ enabled: true }) });
    expect(diff(both, both, true)).toEqual([]);
  });

  it('brings a disabled row back when the file names it again', () => {
    const changes = diff(shops({ a: row({ enabled: false }) }), shops({ a: row({ enabled: true }) }));
    expect(changes).toMatchObject([{ action: 'change', fields: [{ field: 'enabled', from: false, to: true }] }]);
  });
});

describe('stable JSON', () => {
  it('is one text for one value', () => {
    expect(stableJson({ b: 1, a: { d: [{ y: 1, x: 2 }], c: undefined } })).toBe('{"a":{"d":[{"x":2,"y":1}]},"b":1}');
    expect(stableJson(undefined)).toBe('null');
  });
});
