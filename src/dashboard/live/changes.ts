import type { LiveKind } from '../../domain/live-kinds.js';
import type { Sql } from '../../domain/store/database.js';
import {
  type Concerned,
  type LiveMarks,
  type LiveStep,
  openTasksByShop,
  readLiveMarks,
  stepsAfter,
} from '../../domain/store/live-reader.js';

/** What has changed, and whom it concerns: nobody learns that something happened at a shop that is not his. */
export interface Change {
  readonly kind: LiveKind;
  /** null: everybody. */
  readonly shops: Concerned;
  /** A lane or a shop by its id, where that is what changed; a lane concerns the shops it serves. */
  readonly subject?: string;
}

/** More steps than this between two looks are a flood: everybody reads anew, whosesoever they are. */
const MOST_STEPS = 2_000;
/** A step may be committed after one with a higher number: for this many looks, older numbers are looked at again. */
const LOOK_BACK = 3;

/** Keys whose texts differ between two pictures of a table, or that are in one of them only. */
function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
}

/** Looks at MySQL and says what has changed since the last look; nothing is remembered but the last picture. */
export class ChangeWatch {
  private marks: LiveMarks | null = null;
  private version = 0;
  private tasks: ReadonlyMap<string, string> = new Map();
  /** The last step of each of the last looks. */
  private ends: number[] = [];
  private told = new Set<number>();

  constructor(
    private readonly sql: Sql,
    private readonly settingsVersion: () => number,
  ) {}

  /** The picture is too old to compare with: the next look is the first one again. */
  forget(): void {
    this.marks = null;
  }

  /** What has changed; null: there was nothing to compare with, so anything may have. */
  async look(): Promise<readonly Change[] | null> {
    const marks = await readLiveMarks(this.sql);
    const before = this.marks;
    if (before === null) {
      this.tasks = await openTasksByShop(this.sql);
      this.ends = [marks.lastStep];
      this.told = new Set();
    }
    const changes = before === null ? null : await this.compare(before, marks);
    this.marks = marks;
    this.version = this.settingsVersion();
    return changes;
  }

  private async compare(before: LiveMarks, after: LiveMarks): Promise<Change[]> {
    const changes: Change[] = [];
    const steps = await this.newSteps(after.lastStep);
    if (steps === 'flood') changes.push({ kind: 'intercepts', shops: null });
    else if (steps.length > 0) changes.push({ kind: 'intercepts', shops: [...new Set(steps.flatMap((s) => s.shops))] });
    if (before.tasks !== after.tasks) {
      const tasks = await openTasksByShop(this.sql);
      changes.push({ kind: 'tasks', shops: differing(this.tasks, tasks) });
      this.tasks = tasks;
    }
    for (const lane of differing(before.lanes, after.lanes)) changes.push({ kind: 'lanes', shops: [], subject: lane });
    for (const alert of differing(before.alerts, after.alerts)) {
      changes.push({ kind: 'alerts', shops: [], subject: alert.slice(alert.indexOf('/') + 1) });
    }
    for (const [id, { mark, shops }] of after.replays) {
      if (before.replays.get(id)?.mark !== mark) changes.push({ kind: 'replays', shops });
    }
    if (this.version !== this.settingsVersion()) changes.push({ kind: 'settings', shops: null });
    return changes;
  }

  private async newSteps(last: number): Promise<readonly LiveStep[] | 'flood'> {
    const from = this.ends[0] ?? last;
    if (last === this.ends.at(-1) && last === from) return [];
    const steps = await stepsAfter(this.sql, from, MOST_STEPS);
    const fresh = steps.filter(({ id }) => !this.told.has(id));
    this.ends = [...this.ends, last].slice(-LOOK_BACK);
    const floor = this.ends[0] ?? last;
    this.told = new Set(steps.map(({ id }) => id).filter((id) => id > floor));
    return steps.length < MOST_STEPS ? fresh : 'flood';
  }
}
