import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { LIVE_KINDS, type LiveKind } from '../../../domain/live-kinds.js';
import { noteTold } from '../time/freshness.js';

/** First key words of the queries that show each kind; a query under another word is read anew by its interval only. */
const SHOWN_BY: Readonly<Record<LiveKind, readonly string[]>> = {
  intercepts: [
    'intercepts',
    'intercept',
    'after-sales',
    'after-sale',
    'tasks',
    'lanes',
    'overview',
    'couriers',
    'stats',
  ],
  tasks: ['tasks', 'overview'],
  lanes: ['lanes', 'overview'],
  replays: ['replays', 'replay'],
  alerts: ['overview', 'alerts'],
  settings: ['shops', 'accounts', 'policies', 'tariffs', 'lanes', 'overview', 'settings'],
};

const ADDRESS = '/api/v1/live';
/** Many changes within this time are one reading, ms. */
const AT_MOST_EVERY_MS = 2_000;
/** When the server refused the stream: too many are open, or the session is over. ms. */
const TRY_AGAIN_MS = 30_000;

function kindsIn(data: unknown): LiveKind[] {
  const words: unknown = typeof data === 'string' ? JSON.parse(data) : null;
  return Array.isArray(words) ? LIVE_KINDS.filter((kind) => words.includes(kind)) : [];
}

/** Collects what has changed and reads it anew: the first at once, the rest together a little later. */
function reader(client: QueryClient) {
  let waiting = new Set<LiveKind>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = () => {
    timer = undefined;
    if (waiting.size === 0) return;
    const words = new Set([...waiting].flatMap((kind) => SHOWN_BY[kind]));
    waiting = new Set();
    timer = setTimeout(read, AT_MOST_EVERY_MS);
    void client.invalidateQueries({ predicate: ({ queryKey }) => words.has(String(queryKey[0])) });
  };
  return {
    changed(kinds: readonly LiveKind[]): void {
      for (const kind of kinds) waiting.add(kind);
      if (timer === undefined) read();
    },
    stop: () => clearTimeout(timer),
  };
}

/**
 * Listens while the tab is looked at, so that a window full of tabs does not use up the browser's connections. Without
 * the stream everything works by polling. Returns what ends it.
 */
function listen(client: QueryClient): () => void {
  const { changed, stop } = reader(client);
  let source: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    clearTimeout(again);
    source?.close();
    source = null;
    noteTold(false);
  };
  const open = () => {
    close();
    source = new EventSource(ADDRESS);
    // The first event says that everything may have changed.
    source.addEventListener('open', () => noteTold(true));
    source.addEventListener('change', ({ data }) => changed(kindsIn(data)));
    source.addEventListener('error', () => {
      // Intervals that have grown long shrink with the next reading.
      noteTold(false);
      changed(LIVE_KINDS);
      if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, TRY_AGAIN_MS);
    });
  };
  const follow = () => (document.visibilityState === 'visible' ? open() : close());
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    close();
    stop();
  };
}

/** Keeps what is shown in step with the server, for as long as somebody is logged in. */
export function useLiveUpdates(): void {
  const client = useQueryClient();
  useEffect(() => listen(client), [client]);
}
