/**
 * npm run carrier:new SLUG [-- --into DIR]: writes the skeleton of a courier's adapter and of its contract test from the
 * templates beside this file. What it writes compiles, sends nothing and fails the contract suite until it is filled in
 * (docs/adding-a-courier.md). Needs nothing but Node, so it runs before a build. Exit 2: wrong usage, and nothing written.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
const TEMPLATES = join(import.meta.dirname, 'carrier-new');
/** Where the templates of each folder go. */
const TARGETS = { carrier: 'src/workers/carriers/__slug__', contract: 'test/contract' };
/** The slug is a folder, a word of the configuration and a name in the code. */
const SLUG = /^[a-z][a-z0-9]{1,31}$/;
/** Words that cannot be names in a module, and the file beside the couriers' folders. */
const RESERVED = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in index instanceof interface let new null package private protected public
  return static super switch this throw true try typeof undefined var void while with yield`.split(/\s+/),
);

function refuse(why) {
  console.error(`${why}\nusage: npm run carrier:new SLUG, for example: npm run carrier:new jtexpress`);
  process.exit(2);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { into: { type: 'string' } } });
    if (positionals.length !== 1) refuse(positionals.length === 0 ? 'the slug is missing' : 'one slug, not several');
    return { slug: positionals[0], root: resolve(values.into ?? ROOT) };
  } catch (error) {
    return refuse(error.message);
  }
}

/** Puts the courier's names where a template has them. */
function named(text, slug) {
  const pascal = slug[0].toUpperCase() + slug.slice(1);
  return text.replaceAll('__slug__', slug).replaceAll('__Slug__', pascal).replaceAll('__SLUG__', slug.toUpperCase());
}

/** Every file to be written: its path below the root, and its text. */
function filesFor(slug) {
  return Object.entries(TARGETS).flatMap(([folder, target]) =>
    readdirSync(join(TEMPLATES, folder))
      .filter((name) => name.endsWith('.tpl'))
      .map((name) => ({
        path: named(`${target}/${name.slice(0, -'.tpl'.length)}`, slug),
        text: named(readFileSync(join(TEMPLATES, folder, name), 'utf8'), slug),
      })),
  );
}

const { slug, root } = readArguments();
if (!SLUG.test(slug)) refuse(`"${slug}" is no slug: 2 to 32 lower-case letters and digits, a letter first`);
if (RESERVED.has(slug)) refuse(`"${slug}" cannot be the name of a courier in the code`);
const files = filesFor(slug);
const folder = named(TARGETS.carrier, slug);
const taken = [folder, ...files.map(({ path }) => path)].find((path) => existsSync(join(root, path)));
if (taken !== undefined) refuse(`"${slug}" is taken: ${taken} is there already`);

for (const { path, text } of files) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { flag: 'wx' });
}

console.log(`${files.map(({ path }) => `made ${path}`).join('\n')}

Next, with docs/adding-a-courier.md beside you:
1. Fill in ${folder}/ and test/contract/${slug}-harness.ts. What is missing is said by
     npx jest --selectProjects contract --testPathPatterns '${slug}'
2. Register the courier in src/workers/carriers/index.ts:
     import { ${slug} } from './${slug}/adapter.js';
   and add ${slug} to the list CARRIERS.
3. Write the facts into docs/carriers.md: npm run generate
4. Check everything: npm run check`);
