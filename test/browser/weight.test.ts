import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AdminSite, adminSite } from '../support/admin-site.js';

/** What a person on a slow line waits for, bytes as they travel. */
const MOST_BYTES = 400_000;

let site: AdminSite;
beforeAll(async () => {
  site = await adminSite();
}, 30_000);
afterAll(() => site.close());

/** The compressed bytes of every script a page asks for until `ready` stands on it. */
async function scriptsOf(path: string, ready: string): Promise<{ bytes: number; files: number }> {
  const { page } = await site.visit(path, { alone: true, as: null });
  const sizes: Promise<number>[] = [];
  page.on('response', (answer) => {
    if (answer.url().endsWith('.js')) sizes.push(answer.allHeaders().then((all) => Number(all['content-length'])));
  });
  await page.reload();
  await page.getByRole('button', { name: ready }).waitFor();
  const all = await Promise.all(sizes);
  return { bytes: all.reduce((sum, size) => sum + size, 0), files: all.length };
}

describe('the first page', () => {
  it('needs less than 400 kB of compressed script', async () => {
    const { bytes, files } = await scriptsOf('/', '登录');
    expect(files).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });
});
