import { z } from 'zod';
import { readLanes } from '../../domain/store/lane-reader.js';
import type { Caller } from '../auth/caller.js';
import { presentLane } from '../presenters/lane.js';
import { laneConfigs } from './lane-configs.js';
import { type ApiDeps, ok, route } from './route.js';
import { LANE, type LaneAnswer } from './schemas/lane.js';

/** The lanes that a caller's shops use, with what waits on them now. */
export async function lanesFor(deps: ApiDeps, caller: Caller): Promise<LaneAnswer[]> {
  const configs = laneConfigs(deps.settings(), deps.env().book, caller.shops);
  const now = deps.now();
  const figures = await readLanes(deps.db, configs, now);
  return configs.flatMap((config) => {
    const of = figures.get(config.id);
    return of ? [presentLane(config, of, now)] : [];
  });
}

export const laneRoutes = [
  route({
    method: 'get',
    path: '/lanes',
    scope: 'config:read',
    summary: 'The lanes to the couriers and what waits on them; a short list, always one page',
    answers: { 200: { description: 'all lanes', schema: z.object({ items: z.array(LANE), nextCursor: z.null() }) } },
    handle: async ({ deps, caller }) => ok({ items: await lanesFor(deps, caller), nextCursor: null }),
  }),
];
