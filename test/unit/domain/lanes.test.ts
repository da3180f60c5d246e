import { describe, expect, it } from '@jest/globals';
import type { CarrierBook } from '../../../src/domain/carrier/book.js';
import type { CarrierManifest } from '../../../src/domain/carrier/port.js';
import {
  accountFor,
  canLook,
  courierAccountFor,
  laneAccount,
  laneAccounts,
} from '../../../src/domain/settings/lanes.js';
import { carrierBySlug } from '../../../src/workers/carriers/index.js';
import { anAccount, aPicture, aShop } from '../../support/picture.js';

function manifest(slug: string, track: boolean): CarrierManifest {
  const plugin = carrierBySlug('zto');
  if (!plugin) throw new Error('no courier is plugged in');
  return { ...plugin.manifest, slug, capabilities: { ...plugin.manifest.capabilities, track } };
}

const TRACKS: Readonly<Record<string, boolean>> = { zto: true, blind: false, agent: false, 'shop-channel': false };
const BOOK: CarrierBook = {
  manifest: (slug) => (slug in TRACKS ? manifest(slug, TRACKS[slug] ?? false) : null),
  slugs: new Set(['zto', 'blind', 'ems']),
  channelOf: (platform) => (platform === 'douyin' ? 'shop-channel' : null),
  canReread: () => true,
  platformAliases: () => ({}),
};

const shop = aShop({ channel: 'platform' });
const agent = anAccount({ id: 'agent', carrier: 'agent', serves: ['ems', 'zto'] });

describe('the lanes of a configuration', () => {
  it('are the enabled accounts, and a channel for each enabled shop that wants its platform’s', () => {
    const settings = aPicture({
      shops: [shop, aShop({ id: 'own' }), aShop({ id: 'off', channel: 'platform', enabled: false })],
      accounts: [anAccount(), anAccount({ id: 'gone', enabled: false })],
    });
    const lanes = laneAccounts(settings, BOOK).map(({ carrier, id }) => `${carrier}-${id}`);
    expect(lanes).toEqual(['zto-zto-main', 'shop-channel-dy-main']);
    expect(laneAccount(settings, BOOK, 'shop-channel-dy-main')).toMatchObject({
      credentials: shop.credentials,
      rateLimit: { max: 20, perMs: 1_000 },
    });
    expect(laneAccount(settings, BOOK, 'zto-gone')).toBeNull();
  });

  it('leave a shop whose platform has no such API with its couriers', () => {
    const other = aShop({ channel: 'platform', platform: 'pinduoduo' });
    const settings = aPicture({ shops: [other] });
    expect(laneAccounts(settings, BOOK)).toHaveLength(1);
    expect(accountFor(settings, BOOK, 'zto', other)?.id).toBe('zto-main');
  });
});

describe('the account of a parcel', () => {
  it('is the channel’s for a shop that wants it, whatever the courier', () => {
    const settings = aPicture({ shops: [shop] });
    expect(accountFor(settings, BOOK, 'zto', shop)).toMatchObject({ id: 'dy-main', carrier: 'shop-channel' });
    expect(accountFor(settings, BOOK, 'ems', shop)).toMatchObject({ id: 'dy-main' });
  });

  it('is one at the courier itself before a service that fronts it', () => {
    const settings = aPicture({ accounts: [agent, anAccount()] });
    expect(courierAccountFor(settings, 'zto', 'dy-main')?.id).toBe('zto-main');
    expect(courierAccountFor(settings, 'ems', 'dy-main')?.id).toBe('agent');
    expect(courierAccountFor(settings, 'deppon', 'dy-main')).toBeNull();
  });
});

describe('the road', () => {
  it('is seen by the account itself, or by another of ours at the courier', () => {
    const settings = aPicture({ shops: [shop], accounts: [agent, anAccount()] });
    const channel = accountFor(settings, BOOK, 'zto', shop);
    if (!channel) throw new Error('no channel');
    expect(canLook(settings, BOOK, channel, 'zto', 'dy-main')).toBe(true);
    expect(canLook(settings, BOOK, channel, 'ems', 'dy-main')).toBe(false);
    expect(canLook(settings, BOOK, agent, 'ems', 'dy-main')).toBe(false);
  });
});
