import { type RequestHandler, Router } from 'express';

/** Names of components that are not ready to work; empty: ready. */
export type Readiness = () => Promise<readonly string[]>;

const ANSWER_WITHIN_MS = 1_500;

/** A check that hangs or breaks is itself not ready. */
async function withinLimit(readiness: Readiness): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(() => resolve(['readiness']), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([readiness(), late]);
  } catch {
    return ['readiness'];
  } finally {
    clearTimeout(timer);
  }
}

/** `/livez` says nothing but that we run; `/readyz` names what is not ready, and nothing more (contract section 5). */
export function healthRouter(readiness: Readiness): Router {
  const live: RequestHandler = (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  };
  const ready: RequestHandler = async (_req, res) => {
    const notReady = await withinLimit(readiness);
    res
      .status(notReady.length === 0 ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ notReady });
  };
  return Router().get('/livez', live).get('/readyz', ready);
}
