import { expect } from '@jest/globals';
import { CARRIERS } from '../../src/workers/carriers/index.js';
import { type PlatformCase, platformOf } from './platform-rig.js';

/** The couriers that the project knows or plans; words of a platform mean one of these. */
const COURIERS: ReadonlySet<string> = new Set([
  ...['zto', 'yto', 'yunda', 'sto', 'sf', 'jd', 'jtexpress', 'deppon', 'ems'],
  ...CARRIERS.map(({ manifest }) => manifest.slug),
]);

export const PLATFORM_MANIFEST_CASES: readonly PlatformCase[] = [
  {
    name: 'the manifest is complete, with a source for every fact',
    run: async ({ plugin: { manifest } }) => {
      expect(manifest.slug).toMatch(/^[a-z0-9]+$/);
      expect(manifest.name.zh).toMatch(/\p{Script=Han}/u);
      expect(manifest.name.en).toMatch(/^[\x20-\x7e]+$/);
      const base = new URL(manifest.defaultBaseUrl);
      expect([base.protocol, base.pathname, base.search]).toEqual(['https:', '/', '']);
      const { max, perMs } = manifest.readRateLimit;
      expect(Math.min(max, perMs, manifest.timeoutMs)).toBeGreaterThan(0);
      expect(manifest.facts.length).toBeGreaterThan(0);
      for (const fact of manifest.facts) {
        expect(Object.values(fact).every((text) => text.trim() !== '')).toBe(true);
        expect(['documented', 'second-hand', 'not documented']).toContain(fact.confidence);
      }
      expect(new Set(manifest.facts.map(({ fact }) => fact)).size).toBe(manifest.facts.length);
    },
  },
  {
    name: 'the doors of the manifest are those that the adapter has, and the harness tests each of them',
    run: async (h) => {
      const adapter = platformOf(h);
      const { doors } = h.plugin.manifest;
      expect(adapter.manifest).toBe(h.plugin.manifest);
      expect([adapter.poll !== undefined, adapter.socket !== undefined]).toEqual([doors.poll, doors.socket]);
      for (const door of ['push', 'socket', 'poll', 'detail'] as const) {
        expect([door, h[door] !== undefined]).toEqual([door, doors[door]]);
      }
      expect(doors.push || doors.socket || doors.poll).toBe(true);
      if (!doors.push) expect(adapter.verify({ body: new Uint8Array(), headers: {}, query: {} })).toBe(false);
      if (adapter.poll) {
        const { everyMs, windowMs, overlapMs } = adapter.poll;
        expect(Math.min(everyMs, windowMs)).toBeGreaterThan(0);
        expect(overlapMs >= 0 && overlapMs < windowMs).toBe(true);
      }
    },
  },
  {
    name: 'the courier words of the manifest are whole words, each of one of our couriers (R66)',
    run: async ({ plugin: { manifest } }) => {
      for (const [word, slug] of Object.entries(manifest.carrierAliases)) {
        expect([word, word.trim(), COURIERS.has(slug)]).toEqual([word, word, true]);
        expect(word).not.toBe('');
      }
    },
  },
  {
    name: 'credentials that lack a key, or have one nobody knows, are refused before anything runs',
    run: async ({ plugin: { manifest }, credentials, secrets }) => {
      expect(manifest.credentials.safeParse(credentials).success).toBe(true);
      expect(manifest.credentials.safeParse({}).success).toBe(false);
      expect(manifest.credentials.safeParse({ ...credentials, apKey: 'x' }).success).toBe(false);
      const given = Object.values(credentials);
      expect(secrets.length).toBeGreaterThan(0);
      for (const secret of secrets) expect(given).toContain(secret);
    },
  },
  {
    name: "the platform's own intercept API is a courier of its own, behind the shop's credentials",
    applies: ({ plugin }) => plugin.channel !== undefined,
    run: async ({ plugin: { manifest, channel }, credentials }) => {
      if (!channel) throw new Error('there is no channel');
      const couriers = CARRIERS.map((one) => one.manifest.slug);
      expect([channel.manifest.slug, COURIERS.has(channel.manifest.slug)]).toEqual([channel.manifest.slug, false]);
      expect(couriers).not.toContain(channel.manifest.slug);
      expect(channel.manifest.credentials).toBe(manifest.credentials);
      expect(channel.create(manifest.credentials.parse(credentials)).manifest).toBe(channel.manifest);
    },
  },
];
