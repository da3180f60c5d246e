import { LEAST_RISE, type Pace } from '../domain/policy/brake.js';
import type { Settings } from '../domain/settings/settings.js';
import { hourCount, pullBrake, usualPace } from '../domain/store/brake-store.js';
import type { Database } from '../domain/store/database.js';

export interface BrakeDeps {
  readonly db: Database;
  readonly settings: () => Settings;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

/** What a week looks like does not change within this, ms. */
const KEPT_MS = 10 * 60_000;

/**
 * Looks at every policy that lets something go by itself, and stops one whose hour runs away. Any number of processes may
 * watch: the brake is pulled once.
 */
export class BrakeWatch {
  private readonly usual = new Map<string, { readonly readAt: number; readonly pace: Omit<Pace, 'hourCount'> }>();

  constructor(private readonly deps: BrakeDeps) {}

  async look(): Promise<void> {
    const { db, settings, now, log } = this.deps;
    for (const { id, auto, braked = false, budget } of settings().policies.values()) {
      const { brake = 'off' } = budget;
      if (!auto || braked || brake === 'off') continue;
      const count = await hourCount(db, id, now());
      if (count < LEAST_RISE) continue;
      const pace = { hourCount: count, ...(await this.usually(id)) };
      if (await pullBrake(db, id, pace, brake, now())) log('policy.brake', { policy: id, ...pace });
    }
  }

  private async usually(id: string): Promise<Omit<Pace, 'hourCount'>> {
    const at = this.deps.now().getTime();
    const known = this.usual.get(id);
    if (known && at - known.readAt < KEPT_MS) return known.pace;
    const pace = await usualPace(this.deps.db, id, this.deps.now());
    this.usual.set(id, { readAt: at, pace });
    return pace;
  }
}
