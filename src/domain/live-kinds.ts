/** What the admin UI may be told to read anew (`GET /api/v1/live`). Intercepts: their states, and all that follows from them. */
export const LIVE_KINDS = ['intercepts', 'tasks', 'lanes', 'replays', 'alerts', 'settings'] as const;
export type LiveKind = (typeof LIVE_KINDS)[number];
