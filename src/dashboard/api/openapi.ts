import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { PROBLEMS, type ProblemCode } from '../problem.js';
import type { Route } from './route.js';
import { TEXT } from './schemas/fields.js';
import { MEANWHILE } from './schemas/meanwhile.js';
import { LAST_STEP } from './schemas/step.js';

const PROBLEM = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(PROBLEMS)),
    detail: z.string(),
    text: TEXT,
    requestId: z.string(),
    errors: z
      .array(z.object({ in: z.enum(['body', 'query', 'header']), field: z.string(), code: z.string(), text: TEXT }))
      .optional(),
    lastStep: LAST_STEP.optional().meta({ description: 'with 409 on an intercept: who did what to it last, and when' }),
    version: z.int().optional().meta({ description: 'with `config_moved`: the version there is now' }),
    meanwhile: z
      .array(MEANWHILE)
      .optional()
      .meta({ description: 'with 409 on what people change: who did what since' }),
    total: z.int().optional().meta({ description: 'with `too_many_rows`: how many there are' }),
  })
  .meta({ id: 'Problem' });

/** What every route may answer. */
const COMMON: readonly ProblemCode[] = ['unauthenticated', 'missing_scope', 'unavailable'];

function problemsOf(route: Route): ProblemCode[] {
  const fields: ProblemCode[] = ['invalid_fields'];
  const body: ProblemCode[] = route.body ? ['bad_json', 'body_too_large', 'unsupported_media_type'] : [];
  return [...COMMON, ...fields, ...body, ...(route.problems ?? [])];
}

function problemResponses(route: Route): Record<string, object> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(route)) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responses = [...byStatus].map(([status, codes]) => [
    status,
    {
      description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].en}`).join(' '),
      content: { 'application/problem+json': { schema: PROBLEM } },
    },
  ]);
  return Object.fromEntries(responses);
}

function operation(route: Route): ZodOpenApiOperationObject {
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
  const answers = Object.entries(route.answers).map(([status, { description, schema, mediaType }]) => [
    status,
    { description, content: { [mediaType ?? 'application/json']: { schema } } },
  ]);
  return {
    operationId: `${route.method}${route.path.replaceAll(/\W+(\w)?/g, (_, c: string | undefined) => (c ?? '').toUpperCase())}`,
    summary: route.summary,
    description: `Scope \`${route.scope}\`.`,
    security: [{ token: [] }, { session: [] }],
    requestParams: {
      query: route.query,
      ...(names.length > 0 ? { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) } : {}),
      ...(route.headers ? { header: route.headers } : {}),
    },
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } } : {}),
    responses: { ...Object.fromEntries(answers), ...problemResponses(route) },
  };
}

/** A path of the table as OpenAPI writes it. */
export function openApiPath(route: Pick<Route, 'path'>): string {
  return `/api/v1${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
}

/** The OpenAPI 3.1 document, made from the same table and schemas that answer the requests. */
export function openApiDocument(routes: readonly Route[], version: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = openApiPath(route);
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Jiejian 截件',
      version,
      description: 'Turns parcels around when a buyer asks for a refund while the parcel is on the road.',
    },
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'jj', description: 'writes also need X-CSRF-Token' },
      },
    },
  });
}
