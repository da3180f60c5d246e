/** A stream of server-sent events as a client reads it. */
export interface EventStream {
  readonly status: number;
  readonly contentType: string | null;
  /** Kinds of all `change` events so far, in order. */
  readonly changes: readonly string[];
  /** Everything that came, as text. */
  readonly text: string;
  /** The server ended the stream. */
  readonly ended: boolean;
  forget(): void;
  close(): void;
}

/** Opens the stream at `url` and goes on reading it. */
export async function eventStream(url: string, headers: Record<string, string>): Promise<EventStream> {
  const abort = new AbortController();
  const answer = await fetch(url, { headers, signal: abort.signal });
  const seen = { text: '', changes: [] as string[], ended: false };
  const read = async () => {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of answer.body ?? []) {
      const text = decoder.decode(chunk, { stream: true });
      seen.text += text;
      const frames = (rest + text).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        const [, data] = /^event: change\ndata: (.*)$/.exec(frame) ?? [];
        if (data !== undefined) seen.changes.push(...(JSON.parse(data) as string[]));
      }
    }
    seen.ended = true;
  };
  void read().catch(() => undefined);
  return {
    status: answer.status,
    contentType: answer.headers.get('content-type'),
    get changes() {
      return seen.changes;
    },
    get text() {
      return seen.text;
    },
    get ended() {
      return seen.ended;
    },
    forget() {
      seen.changes.length = 0;
    },
    close: () => abort.abort(),
  };
}
