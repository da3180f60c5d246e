import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import type { CarrierAdapter } from '../../../src/domain/carrier/port.js';
import type { PlatformAdapter } from '../../../src/domain/platform/port.js';
import type { InboxRow, Understood } from '../../../src/domain/store/inbox-drain.js';
import { courierSource, platformSource } from '../../../src/domain/store/inbox-store.js';
import { understand } from '../../../src/producers/intake.js';
import { platformBySlug } from '../../../src/producers/platforms/index.js';
import { carrierBySlug } from '../../../src/workers/carriers/index.js';
import { aPicture } from '../../support/picture.js';
import { RIG_SECRETS } from '../../support/test-key.js';

/** The real adapters, with keys as an account or a shop would have them. */
const KEYS = { appKey: 'k', appSecret: 's' };
const douyin = platformBySlug('douyin')?.create({ ...KEYS, accessToken: 't' }) ?? null;
const ztoCourier = carrierBySlug('zto');
const zto = ztoCourier?.create(ztoCourier.manifest.credentials.parse(KEYS)) ?? null;

interface World {
  readonly platform?: PlatformAdapter | null;
  readonly carrier?: CarrierAdapter | null;
}

function understood(source: string, payload: string, world: World = {}): readonly Understood[] {
  const row: InboxRow = { id: 1, source, eventId: 'e-1', payload, tries: 0 };
  const { platform = douyin, carrier = zto } = world;
  const deps = {
    secrets: RIG_SECRETS,
    settings: () => aPicture(),
    platformOf: () => platform,
    carrierOf: () => carrier,
  };
  return understand(deps, row);
}

const SHOP = platformSource('douyin', 'dy-main');
const ACCOUNT = courierSource('zto', 'zto-main');
const message = (tag: string, data: string) => `[{"tag":"${tag}","msg_id":"m","data":${JSON.stringify(data)}}]`;
const CREATED =
  '{"aftersale_id":7000893114000949517,"aftersale_status":6,"aftersale_type":1,"apply_time":1630022518,"p_id":4835804142146757001,"refund_amount":8900}';
const push = (data: object, type = 'Traces') =>
  new URLSearchParams([
    ['data', JSON.stringify(data)],
    ['msg_type', type],
  ]).toString();

describe('a platform’s event', () => {
  it('is read in the words of its platform, its ids to the last digit (I23)', () => {
    expect(understood(SHOP, message('200', CREATED))).toMatchObject([
      {
        kind: 'after_sale',
        shop: { id: 'dy-main' },
        afterSaleId: '7000893114000949517',
        update: { atMs: 1_630_022_518_000, facts: { status: 'open', type: 'refund_only', refundAmountFen: 8_900 } },
        arbitration: false,
      },
    ]);
  });

  it('of arbitration is marked as such (R21)', () => {
    expect(understood(SHOP, message('212', CREATED))).toMatchObject([{ arbitration: true }]);
  });

  it('that says nothing to us is ignored with the reason', () => {
    expect(understood(SHOP, message('103', '{"p_id":1}'))).toMatchObject([
      { kind: 'ignored', why: expect.stringMatching(/R70/) },
    ]);
  });

  it.each([
    ['no JSON', '<html>'],
    ['JSON of another form', '{"tag":"200"}'],
    ['a message without its after-sale', message('200', '{"p_id":1}')],
    ['data that is no JSON', message('200', 'oops')],
    ['an empty body', ''],
  ])('that is %s is set aside as dead, with a reason that names what is wrong', (_given, payload) => {
    expect(understood(SHOP, payload)).toEqual([{ kind: 'dead', why: expect.stringMatching(/\S{3}/) }]);
  });

  it('of a shop that is gone is set aside, not lost: it can be replayed when the shop is back', () => {
    expect(understood(platformSource('douyin', 'gone'), message('200', CREATED))).toEqual([
      { kind: 'dead', why: 'shop gone is no longer configured' },
    ]);
    expect(understood(SHOP, message('200', CREATED), { platform: null })).toMatchObject([{ kind: 'dead' }]);
  });

  it('keeps the reason free of the buyer’s data', () => {
    const [dead] = understood(SHOP, message('200', '{"receiver":"13800000000"'));
    expect(JSON.stringify(dead)).not.toContain('13800000000');
  });
});

describe('a courier’s push', () => {
  const SCAN = {
    billCode: ' 73100130019486 ',
    action: 'DISPATCH',
    actionTime: '2025-01-01 10:00:00',
    desc: '正在派件',
  };

  it('is a scan of the parcel in the form that parcels are compared in (R66)', () => {
    expect(understood(ACCOUNT, push(SCAN))).toMatchObject([
      {
        kind: 'scan',
        carriers: ['zto'],
        waybillNo: '73100130019486',
        sightings: [{ phase: 'out_for_delivery', rawCode: 'DISPATCH', source: 'push' }],
        order: null,
      },
    ]);
  });

  it('that nobody can read is set aside as dead', () => {
    expect(understood(ACCOUNT, push(SCAN, 'Other'))).toMatchObject([{ kind: 'dead' }]);
    expect(understood(ACCOUNT, 'data=%7B')).toMatchObject([{ kind: 'dead' }]);
  });

  it('of an account that is gone is set aside', () => {
    expect(understood(courierSource('zto', 'gone'), push(SCAN), { carrier: null })).toEqual([
      { kind: 'dead', why: 'account gone is no longer configured' },
    ]);
  });

  it('that tells of the order itself makes us ask: a push is a hint, the courier’s answer the proof', () => {
    if (!zto) throw new Error('no courier');
    const status = { kind: 'stopped', rawCode: 'S', rawText: '' } as const;
    const carrier: CarrierAdapter = { ...zto, readPush: () => [{ waybillNo: '1', sighting: null, status }] };
    expect(understood(ACCOUNT, 'x', { carrier })).toMatchObject([
      { kind: 'scan', sightings: [], order: { answer: status, manifest: { slug: 'zto' } } },
    ]);
  });
});

describe('a bug of ours', () => {
  it('is no property of the message: it goes up, so that the message is put off and tried again', () => {
    if (!zto) throw new Error('no courier');
    const broken: CarrierAdapter = {
      ...zto,
      readPush: () => {
        throw new TypeError('planted');
      },
    };
    expect(() => understood(ACCOUNT, 'x', { carrier: broken })).toThrow('planted');
    const refusing: CarrierAdapter = {
      ...zto,
      readPush: () => {
        throw new CarrierFault('contract_broken', 'cannot read this');
      },
    };
    expect(understood(ACCOUNT, 'x', { carrier: refusing })).toEqual([{ kind: 'dead', why: 'cannot read this' }]);
  });
});
