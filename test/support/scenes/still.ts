import type { Page, Route } from 'playwright-core';

/** The moment of all pictures: a Sunday afternoon in China. */
export const STILL_AT = new Date('2026-11-22T08:30:00Z');

/** Of an answer that is handed on: its body is plain by then, and its clock is not that of the picture. */
const DROPPED: readonly string[] = ['content-encoding', 'content-length', 'transfer-encoding', 'set-cookie', 'date'];

/**
 * Asks the server itself and hands its answer on without its clock. The browser's own way would keep cookies that ended
 * long ago by the clock of this machine.
 */
async function withoutClock(route: Route): Promise<void> {
  const request = route.request();
  const headers = Object.entries(await request.allHeaders()).filter(([name]) => !name.startsWith(':'));
  const body = request.postDataBuffer();
  const answer = await fetch(request.url(), { method: request.method(), headers, ...(body ? { body } : {}) });
  const kept = [...answer.headers].filter(([name]) => !DROPPED.includes(name));
  await route.fulfill({
    status: answer.status,
    headers: { ...Object.fromEntries(kept), date: STILL_AT.toUTCString() },
    body: Buffer.from(await answer.arrayBuffer()),
  });
}

/**
 * Stops time for a page: its clock and the server's word about the time stand at `STILL_AT`, nothing is told live, and
 * its cookies stay what they are. The same scene then looks the same on every run.
 */
export async function standStill(page: Page): Promise<void> {
  await page.clock.setFixedTime(STILL_AT);
  await page.route('**/*', withoutClock);
  await page.route('**/api/v1/live*', (route) => route.abort());
}

/** Ids of ours are new with every run; in a picture they are always the same. */
const ONE_ID = '01kaq00000000000000000000a';

/** Runs in the page. */
const SAME_IDS = `(() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    node.nodeValue = node.nodeValue.replace(/01[0-9a-z]{24}/g, '${ONE_ID}');
  }
})()`;

/** A picture of what is in the window. */
export async function picture(page: Page): Promise<Buffer> {
  await page.evaluate(SAME_IDS);
  return page.screenshot({ animations: 'disabled', caret: 'hide' });
}
