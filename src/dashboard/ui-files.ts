import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type RequestHandler, type Response, Router } from 'express';

/** `npm run build` puts the UI into dist/ui: beside dist/src, whether this file runs compiled or as a source. */
const PLACES = ['../../ui', '../../dist/ui'].map((place) => join(import.meta.dirname, place));

/** Stands in index.html for the nonce of each answer; vite.config.ts knows the same word. */
const NONCE_MARK = 'JIEJIAN_CSP_NONCE';

/** What is not a page: an unknown address there is an error for scripts, not a page for people. */
const NOT_PAGES = /^\/(api|webhooks|callbacks|queues|assets|livez|readyz|metrics)(\/|$)/;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

/** The files with a hash in their names, in memory: about 1 MB. */
function readAssets(dir: string): Map<string, Asset> {
  return new Map(
    readdirSync(dir).map((name) => {
      const plain = readFileSync(join(dir, name));
      const type = CONTENT_TYPES[extname(name)] ?? 'application/octet-stream';
      return [name, { type, plain, gzipped: gzipSync(plain) }];
    }),
  );
}

/** The page with its own nonce: only styles that bear it are used, none in the markup, and no script but our files. */
function sendPage(res: Response, page: string): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = String(res.getHeader('Content-Security-Policy')).replace("'unsafe-inline'", `'nonce-${nonce}'`);
  res.set('Content-Security-Policy', policy).set('Cache-Control', 'no-store').type('html');
  res.send(page.replaceAll(NONCE_MARK, nonce));
}

/**
 * The admin UI: its files, and its page at every address that is none of the server's own. It holds no data, so it is
 * given to anybody; what it shows comes from the API. Without a build there is no UI and everything else works.
 */
export function uiFiles(): Router {
  const router = Router();
  const dir = PLACES.find((place) => existsSync(join(place, 'index.html')));
  if (dir === undefined) return router;
  const assets = readAssets(join(dir, 'assets'));
  const page = readFileSync(join(dir, 'index.html'), 'utf8');

  const asset: RequestHandler<{ name: string }> = (req, res, next) => {
    const found = assets.get(req.params.name);
    if (!found) {
      next();
      return;
    }
    const gzip = req.acceptsEncodings('gzip') === 'gzip';
    // The name changes with the content.
    res.set('Cache-Control', 'public, max-age=31536000, immutable').set('Vary', 'Accept-Encoding').type(found.type);
    if (gzip) res.set('Content-Encoding', 'gzip');
    res.end(gzip ? found.gzipped : found.plain);
  };
  const anyPage: RequestHandler = (req, res, next) => {
    if (NOT_PAGES.test(req.path) || !req.accepts('html')) next();
    else sendPage(res, page);
  };
  return router.get('/assets/:name', asset).get('/{*page}', anyPage);
}
