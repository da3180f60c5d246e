import type { Intercept } from '../../src/domain/intercept/intercept.js';

/** An intercept as the database would hold it: queued an hour ago, to be sent within the day. */
export function anIntercept(over: Partial<Intercept> = {}): Intercept {
  const createdAt = new Date('2026-11-22T08:00:00Z');
  return {
    id: '01kaq0000000000000000000aa',
    parcelId: '01kaq0000000000000000000bb',
    round: 1,
    shopId: 'dy-main',
    platform: 'douyin',
    carrier: 'zto',
    accountId: 'zto-main',
    laneId: 'zto-zto-main',
    channel: 'carrier',
    waybillNo: '73100130019486',
    origin: 'event',
    requestId: '01kaq0000000000000000000aa-1',
    carrierRef: null,
    state: 'queued',
    reason: 'ready',
    rule: null,
    valueFen: 8_900,
    policyId: 'default',
    releasedBy: null,
    deadlineAt: new Date('2026-11-23T08:00:00Z'),
    deadlineSource: 'forecast',
    outcomeDueAt: null,
    nextAt: createdAt,
    leaseUntil: null,
    version: 1,
    epoch: 0,
    tries: 0,
    dispatch: 0,
    dispatchedAt: null,
    askSince: null,
    absentSince: null,
    cancelReason: null,
    acceptedAt: null,
    createdAt,
    updatedAt: createdAt,
    ...over,
  };
}
