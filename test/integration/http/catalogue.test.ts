import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPicture, aShop } from '../../support/picture.js';
import { DOUYIN_KEYS, type WebRig, webRig } from '../../support/web-rig.js';

let rig: WebRig;
beforeAll(async () => {
  const shops = [
    aShop({ credentials: DOUYIN_KEYS }),
    aShop({ id: 'dy-two', name: '二店', mode: 'approve', agreementSignedAt: null, credentials: DOUYIN_KEYS }),
    aShop({ id: 'dy-off', enabled: false, credentials: DOUYIN_KEYS }),
  ];
  const tariffs = [
    { carrier: 'zto', feeFen: 300, from: '2024-11-18' },
    { carrier: 'zto', feeFen: 350, from: '2025-06-01' },
    { carrier: 'zto', feeFen: 900, from: '2099-01-01' },
    { carrier: 'sto', feeFen: 400, from: '2099-01-01' },
  ];
  rig = await webRig({ settings: { ...aPicture({ shops }), tariffs } });
}, 30_000);
afterAll(() => rig.close());

async function read(path: string, authorization: string) {
  const answer = await fetch(`${rig.url}/api/v1${path}`, { headers: { authorization } });
  return { status: answer.status, text: await answer.text() };
}

describe('the shops', () => {
  it('are those that work and that the caller may see', async () => {
    const all = JSON.parse((await read('/shops', await rig.token(['config:read']))).text);
    expect(all.items.map((shop: { id: string }) => shop.id)).toEqual(['dy-main', 'dy-two']);
    expect(all.nextCursor).toBeNull();
    const one = JSON.parse((await read('/shops', await rig.token(['config:read'], ['dy-two']))).text);
    expect(one.items).toMatchObject([{ id: 'dy-two', name: '二店', mode: 'approve', agreementSignedAt: null }]);
  });

  it('never show their credentials', async () => {
    const { text } = await read('/shops', await rig.token(['config:read']));
    for (const secret of Object.values(DOUYIN_KEYS)) if (secret.length > 1) expect(text).not.toContain(secret);
    expect(text).not.toContain('credentials');
  });
});

describe('the tariffs', () => {
  it('are the fees of today: the newest that holds, and none of those to come (R31)', async () => {
    const { text } = await read('/tariffs', await rig.token(['config:read']));
    expect(JSON.parse(text).items).toEqual([{ carrier: 'zto', feeFen: 350, from: '2025-06-01' }]);
  });
});

describe('both', () => {
  it.each(['/shops', '/tariffs'])('ask for the right to read the configuration: %s', async (path) => {
    expect((await read(path, await rig.token(['intercepts:read']))).status).toBe(403);
  });
});
