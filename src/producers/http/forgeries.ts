const SAY_EVERY_MS = 10_000;

/**
 * Messages whose signature is wrong: every one is counted, and each source gets one log line per 10 s that says how many
 * there were, so that a flood of forgeries cannot flood the log.
 */
export class Forgeries {
  private readonly said = new Map<string, { at: number; silent: number }>();

  constructor(
    private readonly log: (event: string, fields: Record<string, unknown>) => void,
    private readonly count: (source: string) => void,
    private readonly nowMs: () => number = Date.now,
  ) {}

  note(source: string): void {
    this.count(source);
    const now = this.nowMs();
    const last = this.said.get(source);
    if (last && now - last.at < SAY_EVERY_MS) {
      last.silent += 1;
      return;
    }
    this.said.set(source, { at: now, silent: 0 });
    this.log('intake.bad_signature', { source, notLogged: last?.silent ?? 0 });
  }
}
