import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { until } from './until.js';

const OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  resultTypes: ['violations'],
};

/** Nothing fades any more, and no button waits for its answer: what is pale for a moment keeps nobody out. */
const AT_REST = `document.querySelector('.ant-btn-loading') === null && document.getAnimations().every(
  (each) => each.playState !== 'running' || each.effect?.getComputedTiming().endTime === Infinity)`;

/**
 * What a person with a screen reader, a keyboard or weak eyes could not use; one line each. axe runs in the page itself:
 * our pages have no frames, and its wrapper for those takes eight times as long.
 */
export async function barriers(page: Page): Promise<string[]> {
  await until(() => page.evaluate<boolean>(AT_REST), { what: 'the page to come to rest' });
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(OPTIONS)})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
}
