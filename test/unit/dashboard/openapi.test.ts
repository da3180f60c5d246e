import { describe, expect, it } from '@jest/globals';
import { openApiDocument, openApiPath } from '../../../src/dashboard/api/openapi.js';
import { ROUTES } from '../../../src/dashboard/api/routes.js';
import { ALL_SCOPES } from '../../../src/domain/people/scopes.js';

const document = openApiDocument(ROUTES, '0.1.0');

describe('the OpenAPI document', () => {
  it.each(ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))('describes %s', (_, route) => {
    const operation = document.paths?.[openApiPath(route)]?.[route.method];
    expect(operation?.description).toContain(route.scope);
    expect(Object.keys(operation?.responses ?? {})).toEqual(
      expect.arrayContaining([...Object.keys(route.answers), '401', '403']),
    );
  });

  it('describes nothing that does not exist', () => {
    const described = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).toEqual(ROUTES.map((r) => `${r.method} ${openApiPath(r)}`).sort());
  });

  it('gives every operation a name of its own, which generators make functions of', () => {
    const ids = Object.values(document.paths ?? {}).flatMap((item) =>
      [item.get, item.post, item.put, item.patch].flatMap((operation) => operation?.operationId ?? []),
    );
    expect(new Set(ids).size).toBe(ROUTES.length);
  });

  it('shows what a request may hold, unknown fields excluded', () => {
    const schema = document.components?.schemas?.InterceptRequest;
    expect(schema).toMatchObject({
      additionalProperties: false,
      required: ['shopId', 'afterSaleId', 'orderId', 'type', 'parcels'],
    });
  });

  it('names filters as the contract does, and a few more', () => {
    const parameters = document.paths?.['/api/v1/intercepts']?.get?.parameters ?? [];
    const names = parameters.map((p) => ('name' in p ? p.name : ''));
    const wanted = ['q', 'state', 'carrier', 'shopId', 'reason', 'since', 'until', 'limit', 'cursor'];
    const more = ['platform', 'minValueFen', 'maxValueFen'];
    expect(names.sort()).toEqual([...wanted, ...more].sort());
  });
});

describe('the route table', () => {
  it('asks for a scope that can be granted on every route, so that nothing is open by mistake', () => {
    for (const route of ROUTES) expect(ALL_SCOPES).toContain(route.scope);
  });

  it('lists a method and path once', () => {
    const keys = ROUTES.map((r) => `${r.method} ${r.path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
