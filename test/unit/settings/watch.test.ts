import { afterEach, describe, expect, it } from '@jest/globals';
import { type SettingsWatch, watchSettings } from '../../../src/domain/settings/watch.js';
import { aPicture } from '../../support/picture.js';
import { until } from '../../support/until.js';

/** A source of settings as the database would be one: versions come and go, and it can be away. */
class Source {
  version = 1;
  isAway = false;
  loads = 0;
  asked = 0;
  readonly changes: number[] = [];
  readonly errors: unknown[] = [];

  readonly options = {
    everyMs: 5,
    version: async () => {
      this.asked += 1;
      if (this.isAway) throw new Error('away');
      return this.version;
    },
    load: async () => {
      this.loads += 1;
      if (this.isAway) throw new Error('away');
      return { ...aPicture(), version: this.version };
    },
    onChange: (settings: { version: number }) => this.changes.push(settings.version),
    onError: (error: unknown) => this.errors.push(error),
  };
}

let watch: SettingsWatch | undefined;
afterEach(() => watch?.stop());

describe('a watch over the settings', () => {
  it('has the first picture at once, and no start without one', async () => {
    const source = new Source();
    watch = await watchSettings(source.options);
    expect(watch.current().version).toBe(1);
    source.isAway = true;
    await expect(watchSettings(source.options)).rejects.toThrow('away');
  });

  it('keeps the same picture while the version stays, because adapters are made once per picture', async () => {
    const source = new Source();
    watch = await watchSettings(source.options);
    const first = watch.current();
    await until(() => source.asked > 3, { what: 'some polls' });
    expect(watch.current()).toBe(first);
    expect(source.loads).toBe(1);
  });

  it('takes over a new version and tells of it once', async () => {
    const source = new Source();
    watch = await watchSettings(source.options);
    source.version = 2;
    await until(() => watch?.current().version === 2, { what: 'the new version' });
    const asked = source.asked;
    await until(() => source.asked > asked + 2, { what: 'more polls' });
    expect(source.changes).toEqual([2]);
  });

  it('keeps the last picture while the source is away, and goes on after', async () => {
    const source = new Source();
    watch = await watchSettings(source.options);
    source.isAway = true;
    await until(() => source.errors.length > 1, { what: 'failed polls' });
    expect(watch.current().version).toBe(1);
    source.version = 3;
    source.isAway = false;
    await until(() => watch?.current().version === 3, { what: 'the version after the outage' });
  });

  it('does not tell of a picture that came after it was stopped: its listeners are gone', async () => {
    const source = new Source();
    let arrive: () => void = () => undefined;
    const load = async () => {
      const settings = await source.options.load();
      if (source.version > 1) {
        await new Promise<void>((resolve) => {
          arrive = resolve;
        });
      }
      return settings;
    };
    watch = await watchSettings({ ...source.options, load });
    source.version = 2;
    await until(() => source.loads === 2, { what: 'the second load' });
    watch.stop();
    arrive();
    await new Promise(setImmediate);
    expect(source.changes).toEqual([]);
    expect(watch.current().version).toBe(1);
  });

  it('is silent after it was stopped', async () => {
    const source = new Source();
    watch = await watchSettings(source.options);
    const other = new Source();
    const witness = await watchSettings(other.options);
    watch.stop();
    const asked = source.asked;
    source.version = 2;
    await until(() => other.asked > 5, { what: 'polls of a watch beside it' });
    witness.stop();
    expect(source.asked).toBeLessThanOrEqual(asked + 1);
    expect(source.changes).toEqual([]);
  });
});
