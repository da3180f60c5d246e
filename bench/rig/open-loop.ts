import { seeded } from '../random.js';

/** Does something `count` times at random moments, so many a second; nobody waits for an answer before the next. */
export async function atRandomMoments(
  count: number,
  perSecond: number,
  act: (n: number) => Promise<unknown>,
): Promise<void> {
  const random = seeded(count);
  const all: Promise<unknown>[] = [];
  for (let at = performance.now(), n = 0; n < count; n += 1) {
    at += (-Math.log(1 - random()) * 1_000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));
    all.push(act(n));
  }
  await Promise.all(all);
}
