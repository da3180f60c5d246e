import { z } from 'zod';
import { LIVE_KINDS } from '../../domain/live-kinds.js';
import { problem, route } from './route.js';

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // A proxy that collected the answer before passing it on would make it worthless.
  'X-Accel-Buffering': 'no',
};

/** Server-sent events: what the caller may read anew. Whoever cannot listen asks now and then instead. */
export const liveRoute = route({
  method: 'get',
  path: '/live',
  scope: 'intercepts:read',
  summary: 'Which kinds of things change, as they change: server-sent events `change`, each a JSON list of kinds',
  answers: {
    200: {
      description: `a stream without an end; kinds are ${LIVE_KINDS.join(', ')}; every 15 s a comment`,
      schema: z.string(),
      mediaType: 'text/event-stream',
    },
  },
  problems: ['too_many_requests'],
  async handle({ deps, caller }) {
    const stream = deps.live.open(caller);
    return stream === null ? problem('too_many_requests') : { status: 200, stream, headers: HEADERS };
  },
});
