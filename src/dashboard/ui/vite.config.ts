import { join } from 'node:path';
import { defineConfig } from 'vite';

/** Stands where the server writes each answer's own nonce; `ui-files.ts` knows the same word. */
const NONCE_MARK = 'JIEJIAN_CSP_NONCE';

/** The admin UI, built into dist/ui: `npm run build`. `vite src/dashboard/ui` serves it beside a running `npm start`. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  html: { cspNonce: NONCE_MARK },
  build: {
    outDir: join(import.meta.dirname, '../../../dist/ui'),
    emptyOutDir: true,
    // A data: address would need a wider policy than 'self'.
    assetsInlineLimit: 0,
    // What the first page may weigh is measured, compressed, by test/browser/weight.test.ts.
    chunkSizeWarningLimit: 1_500,
    reportCompressedSize: false,
    // Every module of antd says "use client", which means nothing to a bundle.
    rolldownOptions: {
      checks: { moduleLevelDirective: false },
      output: {
        // What several pages share comes in few files: a page of thirty small ones waits longer for its turns than for its bytes.
        codeSplitting: {
          groups: [
            { name: 'antd', test: /node_modules\/(antd|@rc-component|@ant-design)\//, minShareCount: 2 },
            { name: 'room', test: /src\/(dashboard|domain)\//, minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: { proxy: Object.fromEntries(['/api', '/queues'].map((path) => [path, 'http://127.0.0.1:3000'])) },
});
