import { expect } from '@jest/globals';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { RawPush } from '../../src/domain/carrier/port.js';
import { adapterOf, type CarrierCase, type CarrierHarness, faultOf, VERBS, withCarrier } from './carrier-harness.js';

const AT = new Date('2026-11-20T03:04:05Z');
const UNMAPPED = 'SCAN_NOBODY_EXPLAINED';

function wireOf<K extends 'status' | 'track' | 'push'>(h: CarrierHarness, what: K) {
  const wire = h.wire[what];
  if (!wire) throw new Error(`the harness must say how this courier writes its ${what}`);
  return wire;
}

function changed(push: RawPush, index: number): RawPush {
  const body = Uint8Array.from(push.body);
  body[index] = (body[index] ?? 0) ^ 1;
  return { ...push, body };
}

/** What a reading gives, or throws. */
function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}

function expectBroken(read: () => unknown): void {
  const outcome = attempt(read);
  expect(outcome).toBeInstanceOf(CarrierFault);
  expect(outcome).toMatchObject({ kind: 'contract_broken' });
}

export const ASK_CASES: readonly CarrierCase[] = [
  {
    name: "the courier's word on what became of the order is read as it is documented",
    applies: (manifest) => manifest.capabilities.status,
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        for (const [kind, replies] of Object.entries(wireOf(h, 'status').known)) {
          for (const reply of replies) {
            server.answer(reply);
            expect([reply, (await adapter.status(h.command, ctx)).kind]).toEqual([reply, kind]);
          }
        }
      }),
  },
  {
    name: 'a word nobody documented is unclear: it neither stops the parcel nor proves that there is no order',
    applies: (manifest) => manifest.capabilities.status,
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        const replies = [...wireOf(h, 'status').unknown, ...h.wire.unknownCodes.map((code) => h.wire.failed(code))];
        for (const reply of replies) {
          server.answer(reply);
          expect([reply, (await adapter.status(h.command, ctx)).kind]).toEqual([reply, 'unclear']);
        }
      }),
  },
  {
    name: 'a scan is read with its word, its moment and its phase',
    applies: (manifest) => manifest.capabilities.track,
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        const track = wireOf(h, 'track');
        const scans = Object.keys(track.phases).map((code) => ({ code, at: AT }));
        server.answer(track.found(scans));
        expect(await adapter.track(h.command, ctx)).toMatchObject({
          kind: 'found',
          sightings: scans.map(({ code }) => ({ rawCode: code, at: AT, phase: track.phases[code], source: 'poll' })),
        });
      }),
  },
  {
    name: 'a scan nobody documented is unknown, which blocks; it never passes for moving (R70)',
    applies: (manifest) => manifest.capabilities.track,
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        for (const code of [UNMAPPED, 'constructor', '']) {
          server.answer(wireOf(h, 'track').found([{ code, at: AT }]));
          expect(await adapter.track(h.command, ctx)).toMatchObject({
            sightings: [{ phase: 'unknown', rawCode: code }],
          });
        }
      }),
  },
  {
    name: 'looked and empty is an answer of its own (R67)',
    applies: (manifest) => manifest.capabilities.track,
    run: (h) =>
      withCarrier(h, wireOf(h, 'track').empty, async ({ adapter, ctx }) => {
        expect(await adapter.track(h.command, ctx)).toEqual({ kind: 'empty' });
      }),
  },
  {
    name: 'could not look is a fault, never "no trace" (R67)',
    applies: (manifest) => manifest.capabilities.track,
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        const codes = [...Object.keys(h.plugin.manifest.codes), ...h.wire.unknownCodes];
        const replies = [...codes.map((code) => h.wire.failed(code)), { status: 503, body: '' }];
        for (const reply of replies) {
          server.answer(reply);
          await faultOf(adapter.track(h.command, ctx));
        }
      }),
  },
  {
    name: 'a genuine push is verified and read into the same words as a look',
    applies: (manifest) => manifest.capabilities.push,
    run: async (h) => {
      const adapter = adapterOf(h);
      const { genuine, phases } = wireOf(h, 'push');
      expect(Object.keys(phases).length).toBeGreaterThan(0);
      for (const [code, phase] of Object.entries(phases)) {
        const push = genuine({ code, at: AT });
        expect(adapter.verifyPush(push)).toBe(true);
        const read = adapter.readPush({ body: push.body });
        expect(read.map((one) => one.sighting)).toMatchObject([{ rawCode: code, at: AT, phase, source: 'push' }]);
        expect(read[0]?.waybillNo).toMatch(/^\S+$/);
      }
    },
  },
  {
    name: 'a push that was changed by one bit, or carries no signature, is not verified',
    applies: (manifest) => manifest.capabilities.push,
    run: async (h) => {
      const adapter = adapterOf(h);
      const push = wireOf(h, 'push').genuine({ code: Object.keys(wireOf(h, 'push').phases)[0] ?? '', at: AT });
      const stolen = { body: push.body, headers: {}, query: {} };
      const forged = Array.from(push.body, (_, index) => changed(push, index)).filter((one) => adapter.verifyPush(one));
      // A bit of a field nobody signs may change: then the push reads as before, or not at all.
      for (const one of forged) {
        const read = attempt(() => adapter.readPush(one));
        if (!(read instanceof CarrierFault)) expect(read).toEqual(adapter.readPush(push));
      }
      expect(forged.length).toBeLessThan(push.body.length / 2);
      for (const body of ['', '{}', 'data=1', 'a=b&c', '\u0000']) {
        expect(adapter.verifyPush({ ...stolen, body: Buffer.from(body) })).toBe(false);
      }
    },
  },
  {
    name: 'a push of a scan nobody documented is unknown (R70)',
    applies: (manifest) => manifest.capabilities.push,
    run: async (h) => {
      for (const code of [UNMAPPED, 'toString']) {
        const [read] = adapterOf(h).readPush(wireOf(h, 'push').genuine({ code, at: AT }));
        expect(read?.sighting).toMatchObject({ phase: 'unknown', rawCode: code });
      }
    },
  },
  {
    name: 'a verified push that cannot be read breaks the contract, loudly, and is not dropped',
    applies: (manifest) => manifest.capabilities.push,
    run: async (h) => {
      for (const push of wireOf(h, 'push').unreadable) {
        expect(adapterOf(h).verifyPush(push)).toBe(true);
        expectBroken(() => adapterOf(h).readPush(push));
      }
      for (const body of ['', 'data=%7B', '{"a":1}', '<xml/>']) {
        expectBroken(() => adapterOf(h).readPush({ body: Buffer.from(body) }));
      }
    },
  },
  {
    name: 'a push is acknowledged only when it is stored; else the courier must push again',
    applies: (manifest) => manifest.capabilities.push,
    run: async (h) => {
      const { ack } = adapterOf(h);
      const [stored, bad, overloaded] = [ack('stored'), ack('bad_signature'), ack('overloaded')];
      expect([stored.status, bad.status, overloaded.status]).toEqual([200, 401, 503]);
      expect(bad.body).not.toBe(stored.body);
      expect(overloaded.body).not.toBe(stored.body);
      expect(stored.contentType).toMatch(/^(application\/json|text\/|application\/xml)/);
    },
  },
  {
    name: 'a verb the manifest does not declare sends nothing and is our bug',
    applies: ({ capabilities: has }) => !(has.cancel && has.status && has.track),
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        for (const verb of VERBS.filter((one) => one !== 'create' && !h.plugin.manifest.capabilities[one])) {
          expect((await faultOf(adapter[verb](h.command, ctx))).kind).toBe('bad_request');
        }
        expect(server.received()).toEqual([]);
      }),
  },
];

export const MANIFEST_CASES: readonly CarrierCase[] = [
  {
    name: 'the manifest is complete, and does not promise what its own words rule out',
    run: async ({ plugin: { manifest } }) => {
      const { capabilities: has, rateLimit } = manifest;
      expect(manifest.slug).toMatch(/^[a-z0-9]+$/);
      expect(manifest.name.zh).toMatch(/\p{Script=Han}/u);
      expect(new URL(manifest.defaultBaseUrl).pathname).toBe('/');
      expect(Math.min(rateLimit.max, rateLimit.perMs, manifest.timeoutMs, manifest.askUntilMs)).toBeGreaterThan(0);
      if (manifest.resend === 'same_key') expect(has.idempotencyKey).toBe(true);
      if (manifest.probe === 'status')
        expect([has.status, manifest.settleMs < manifest.askUntilMs]).toEqual([true, true]);
      if (manifest.probe === 'tracking') expect(has.track).toBe(true);
      // Sending again after proof of absence needs something that can prove it, or a courier that tells duplicates.
      if (manifest.resend === 'same_key') expect(manifest.probe).toBe('status');
      expect(manifest.facts.length).toBeGreaterThan(0);
      for (const fact of manifest.facts) expect(Object.values(fact).every((text) => text.trim() !== '')).toBe(true);
      for (const [code, row] of Object.entries(manifest.codes))
        expect([code, row.text + row.advice]).not.toEqual([code, '']);
    },
  },
  {
    name: 'a waybill has one form to be compared in, whatever blanks came with it (R66)',
    run: async ({ plugin: { manifest }, command }) => {
      const form = manifest.normaliseWaybill(command.waybillNo);
      expect(manifest.normaliseWaybill(` ${command.waybillNo}\n`)).toBe(form);
      expect(manifest.normaliseWaybill(form)).toBe(form);
    },
  },
  {
    name: 'credentials that lack a key, or have one nobody knows, are refused before anything runs',
    run: async ({ plugin: { manifest }, credentials }) => {
      expect(manifest.credentials.safeParse(credentials).success).toBe(true);
      expect(manifest.credentials.safeParse({}).success).toBe(false);
      expect(manifest.credentials.safeParse({ ...credentials, apKey: 'x' }).success).toBe(false);
    },
  },
];
