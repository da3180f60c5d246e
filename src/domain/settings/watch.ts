import type { Settings } from './settings.js';

export interface SettingsWatch {
  /** The newest picture that could be read; the same object until the version changes. */
  current(): Settings;
  stop(): void;
}

export interface WatchOptions {
  readonly load: () => Promise<Settings>;
  readonly version: () => Promise<number>;
  /** How often the version is asked for, ms: 500 to 1000 takes a change over within the promised 2 s. */
  readonly everyMs: number;
  readonly onChange: (settings: Settings) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Follows the configuration's version. The first picture must load, or this throws; after that a poll that fails is
 * reported and the last picture stays, because yesterday's rules are better than none while the database is away.
 */
export async function watchSettings(options: WatchOptions): Promise<SettingsWatch> {
  let settings = await options.load();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const look = async (): Promise<void> => {
    try {
      if ((await options.version()) === settings.version) return;
      const fresh = await options.load();
      if (stopped || fresh.version === settings.version) return;
      settings = fresh;
      options.onChange(fresh);
    } catch (error) {
      if (!stopped) options.onError(error);
    }
  };
  const again = () => {
    timer = setTimeout(() => void look().finally(() => !stopped && again()), options.everyMs);
    timer.unref();
  };
  again();
  return {
    current: () => settings,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
