import type { RequestHandler } from 'express';
import { openApiPath } from './api/openapi.js';
import type { Route } from './api/route.js';
import { type Html, html } from './html.js';
import { PROBLEMS } from './problem.js';

/** What the page reads of an OpenAPI document: JSON schemas, as far as they are shown. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

interface Document {
  readonly info: { readonly title: string; readonly version: string };
  readonly paths?: Readonly<Record<string, unknown>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#222}
table{border-collapse:collapse;width:100%;margin-bottom:1rem}th,td{border-bottom:1px solid #ddd;padding:.3rem .6rem;text-align:left;vertical-align:top}
code{font:13px ui-monospace,monospace}h2{margin-top:2.5rem}h3{margin-bottom:.3rem}`;

const DEEPEST = 4;

/** A schema in one line: `string`, `Intercept`, `{max: number, perMs: number} | null`. */
function shape(schema: Schema, depth = 0): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? '';
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.map((one) => shape(one, depth)).join(' | ');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.items) return `${shape(schema.items, depth)}[]`;
  if (schema.properties && depth < DEEPEST) {
    const required = new Set(schema.required);
    const fields = Object.entries(schema.properties).map(
      ([name, field]) => `${name}${required.has(name) ? '' : '?'}: ${shape(field, depth + 1)}`,
    );
    return `{${fields.join(', ')}}`;
  }
  return [schema.type ?? 'any'].flat().join(' | ');
}

interface Operation {
  readonly parameters?: readonly {
    readonly name?: string;
    readonly in?: string;
    readonly required?: boolean;
    readonly schema?: Schema;
    readonly description?: string;
  }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses?: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, { schema?: Schema }>> }>
  >;
}

const row = (cells: readonly (string | Html)[]): Html => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
const code = (text: string): Html => html`<code>${text}</code>`;

function operation(route: Route, described: Operation): Html {
  const path = openApiPath(route);
  const asked = (described.parameters ?? []).map((p) =>
    row([
      code(p.name ?? ''),
      p.in ?? '',
      code(p.schema ? shape(p.schema) : ''),
      p.description ?? p.schema?.description ?? '',
    ]),
  );
  const body = described.requestBody?.content?.['application/json']?.schema;
  if (body) asked.push(row([code('body'), 'body', code(shape(body)), '']));
  const answers = Object.entries(route.answers).map(([status, { description }]) => {
    const schema = described.responses?.[status]?.content?.['application/json']?.schema;
    return row([status, description, code(schema ? shape(schema) : '')]);
  });
  const problems = (route.problems ?? []).map((name) =>
    row([String(PROBLEMS[name].status), PROBLEMS[name].en, code(name)]),
  );
  return html`<h3><code>${route.method.toUpperCase()} ${path}</code></h3><p>${route.summary}. Scope <code>${route.scope}</code>.</p>
${asked.length > 0 ? html`<table><tbody>${asked}</tbody></table>` : html``}<table><tbody>${[...answers, ...problems]}</tbody></table>`;
}

function component(name: string, schema: Schema): Html {
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).map(([field, of]) =>
    row([code(field), required.has(field) ? 'required' : '', code(shape(of)), of.description ?? '']),
  );
  const body = fields.length > 0 ? html`<table><tbody>${fields}</tbody></table>` : html`<p>${code(shape(schema))}</p>`;
  return html`<h3 id="${name}"><code>${name}</code></h3>${body}`;
}

/** `/api/docs`: the OpenAPI document as one plain page, made once, without a script. */
export function apiDocs(routes: readonly Route[], document: Document): RequestHandler {
  const { info, paths = {}, components } = document;
  const operations = routes.map((route) => {
    const item = (paths[openApiPath(route)] ?? {}) as Readonly<Record<string, Operation>>;
    return operation(route, item[route.method] ?? {});
  });
  const schemas = Object.entries(components?.schemas ?? {}).map(([name, schema]) => component(name, schema as Schema));
  const title = `${info.title} API ${info.version}`;
  const { text } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<link rel="stylesheet" href="/api/docs.css"></head><body><h1>${title}</h1>
<p>Machines read <a href="/api/openapi.json">/api/openapi.json</a>. Authorise with <code>Authorization: Bearer …</code>, or with a
login's cookie and <code>X-CSRF-Token</code>. Every route may also answer 401, 403, 422 and 503 with a problem.</p>
<h2>Routes</h2>${operations}<h2>Schemas</h2>${schemas}</body></html>`;
  return (_req, res) => void res.type('html').send(text);
}

/** The page's style, from an address of its own. */
export const apiDocsStyle: RequestHandler = (_req, res) => void res.type('css').send(STYLE);
