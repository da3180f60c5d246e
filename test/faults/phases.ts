import { EDGES } from '../../src/domain/failpoint.js';
import type { FaultId } from './catalogue.js';

export type Role = 'web' | 'scheduler' | 'worker';

/** Where a process is killed, and by which test: one fault's own, or the matrix of phases.test.ts. */
interface Killed {
  readonly role: Role;
  /** Edges that a fault's own test kills at. */
  readonly byFault?: Readonly<Record<string, FaultId>>;
}

/**
 * Every phase of the way from an event to a booked fee: a transaction by the name of the function that makes it, or an
 * edge that is no commit. test/architecture/phases.test.ts compares this with the code, so none can be forgotten.
 */
export const KILLED = {
  storeEvents: { role: 'web', byFault: { 'storeEvents.commit': 'F1', 'storeEvents.committed': 'F2' } },
  drainInbox: { role: 'scheduler', byFault: { 'drainInbox.committed': 'F3' } },
  takeDetailsForRedis: { role: 'scheduler' },
  takeDetails: { role: 'worker' },
  judgeTogether: { role: 'scheduler' },
  takeForRedis: { role: 'scheduler', byFault: { 'takeForRedis.committed': 'F4' } },
  'straight.marked': { role: 'scheduler', byFault: { 'straight.marked': 'F4' } },
  'redis.added': { role: 'scheduler', byFault: { 'redis.added': 'F4' } },
  claimTogether: { role: 'worker', byFault: { 'claimTogether.commit': 'F5' } },
  'courier.order': { role: 'worker', byFault: { 'courier.order': 'F6' } },
  'courier.read': { role: 'worker' },
  'courier.answered': { role: 'worker', byFault: { 'courier.answered': 'F8' } },
  recordAnswers: { role: 'worker' },
  recordReports: { role: 'worker' },
  giveUpLease: { role: 'scheduler' },
  takeNews: { role: 'worker' },
  takeDueRefunds: { role: 'worker' },
  turnRefund: { role: 'worker' },
  'refund.order': { role: 'worker', byFault: { 'refund.order': 'F73' } },
  'refund.answered': { role: 'worker', byFault: { 'refund.answered': 'F75' } },
  recordRefund: { role: 'worker', byFault: { 'recordRefund.commit': 'F75' } },
} as const satisfies Record<string, Killed>;

const ASKED_AGAIN = 'one transaction on a request: whoever asked sees no answer and asks again';
const SWEPT_AGAIN = 'one transaction of a loop that finds the same rows again at its next run';
const ALONE = 'the same for a row that cannot go with others: test/integration/desk.test.ts';
const BILL_AGAIN =
  'a bill is read again from its first row; lines that are there change nothing: test/integration/money/bills.test.ts';
const NO_EFFECT = 'writes nothing that lasts';

/** Transactions that no process is killed at: why they need no proof of their own. */
export const NOT_KILLED: Readonly<Record<string, string>> = {
  requestIntercepts: ASKED_AGAIN,
  act: ASKED_AGAIN,
  onRow: ASKED_AGAIN,
  recorded: ASKED_AGAIN,
  route: ASKED_AGAIN,
  setPaused: ASKED_AGAIN,
  compare: ASKED_AGAIN,
  createServer: ASKED_AGAIN,
  carryOutMany: ASKED_AGAIN,
  takeContents: ASKED_AGAIN,
  changeLimits: ASKED_AGAIN,
  addUser: ASKED_AGAIN,
  change: ASKED_AGAIN,
  createReplay: ASKED_AGAIN,
  abortReplay: ASKED_AGAIN,
  addChunk: ASKED_AGAIN,
  endUpload: ASKED_AGAIN,
  startImport: ASKED_AGAIN,
  abortImport: ASKED_AGAIN,
  disputeFile: ASKED_AGAIN,
  closeMonth: ASKED_AGAIN,
  createBill: ASKED_AGAIN,
  addBillChunk: ASKED_AGAIN,
  endBillUpload: ASKED_AGAIN,
  saveMapping: ASKED_AGAIN,
  correctFee: ASKED_AGAIN,
  decideCorrection: ASKED_AGAIN,
  requestInvoice: ASKED_AGAIN,
  moveInvoice: ASKED_AGAIN,
  addBillPage: BILL_AGAIN,
  matchPage: BILL_AGAIN,
  revokeSession: ASKED_AGAIN,
  applyEdit: ASKED_AGAIN,
  applySettings: ASKED_AGAIN,
  finishTasks: ASKED_AGAIN,
  createToken: ASKED_AGAIN,
  revokeToken: ASKED_AGAIN,
  changeUser: ASKED_AGAIN,
  resetPassword: ASKED_AGAIN,
  migrateOnce: ASKED_AGAIN,
  claimForSend: ALONE,
  takeAllBack: 'what is not given back is looked for in Redis and found missing: test/integration/dispatch.test.ts',
  judgeParcel: 'the same for a parcel that cannot be judged with others: test/integration/sweeper.test.ts',
  takeRefundStep: ASKED_AGAIN,
  bookReceipt: ASKED_AGAIN,
  addReturnNumber: ASKED_AGAIN,
  settleDifference: ASKED_AGAIN,
  onClaim: ASKED_AGAIN,
  csvExport: ASKED_AGAIN,
  followReturns: SWEPT_AGAIN,
  claimOverdue: SWEPT_AGAIN,
  resealAll: ASKED_AGAIN,
  forgetFormerNow: ASKED_AGAIN,
  fadePage: SWEPT_AGAIN,
  handle: ASKED_AGAIN,
  doubtUnsent: SWEPT_AGAIN,
  raiseAlert: SWEPT_AGAIN,
  endAlert: SWEPT_AGAIN,
  claimMessages: 'killed between the POST and its mark in test/integration/notify.test.ts',
  runRow: SWEPT_AGAIN,
  endReading: SWEPT_AGAIN,
  duePolls: SWEPT_AGAIN,
  takeAllowance: SWEPT_AGAIN,
  runItem: SWEPT_AGAIN,
  saveRoadTimes: SWEPT_AGAIN,
  saveChances: SWEPT_AGAIN,
  tellDigest: SWEPT_AGAIN,
  pullBrake: SWEPT_AGAIN,
  releaseBrake: ASKED_AGAIN,
  startShadow: ASKED_AGAIN,
  endShadow: ASKED_AGAIN,
  oneByOne: SWEPT_AGAIN,
  disableTarget: SWEPT_AGAIN,
  rehearse: NO_EFFECT,
  dryRun: NO_EFFECT,
  confirmed: NO_EFFECT,
};

/** Both edges of a transaction, or the edge itself. */
function edgesOf(phase: string): readonly string[] {
  return Object.hasOwn(EDGES, phase) ? [phase] : [`${phase}.commit`, `${phase}.committed`];
}

/** The edges that no fault's own test kills at, with the role whose process comes there. */
export function matrix(): readonly { readonly edge: string; readonly role: Role }[] {
  return Object.entries(KILLED).flatMap(([phase, killed]: [string, Killed]) =>
    edgesOf(phase)
      .filter((edge) => killed.byFault?.[edge] === undefined)
      .map((edge) => ({ edge, role: killed.role })),
  );
}
