import { offeredSteps } from '../../domain/intercept/person-steps.js';
import type { WaitingCount, WaitingView } from '../../domain/store/waiting-reader.js';
import { type Digest, digestText } from '../../domain/tasks/digest.js';
import { waitingKindText } from '../../domain/tasks/kind-texts.js';
import { phoneScript } from '../../domain/tasks/phone-script.js';
import type { DigestAnswer, WaitingAnswer, WaitingPageAnswer } from '../api/schemas/waiting.js';
import { shownCarrier } from './intercept.js';
import { nextStepOf } from './task.js';
import { reasonText, time } from './words.js';

/** Something that waits for a person, with what to do next in both languages. */
export function presentWaiting(row: WaitingView): WaitingAnswer {
  const carrier = shownCarrier(row);
  const { state } = row;
  const { zh, en } = waitingKindText(row.kind);
  return {
    id: row.id,
    kind: row.kind,
    kindText: { zh, en },
    taskId: row.taskId,
    interceptId: row.interceptId,
    shopId: row.shopId,
    carrier,
    waybillNo: row.waybillNo,
    state,
    version: row.version,
    reason: row.reason,
    reasonText: reasonText(row.reason),
    nextStep: nextStepOf({ ...row, carrier }),
    phoneScript: phoneScript(row.reason, row.waybillNo),
    steps: offeredSteps({ state, reason: row.rowReason, stoppedBefore: false, orderStands: false }),
    owner: row.owner,
    dueAt: time(row.dueAt),
    since: time(row.since),
    deadlineAt: time(row.deadlineAt),
  };
}

function tally(counts: readonly WaitingCount[], key: 'kind' | 'owner'): Record<string, number> {
  const tallied: Record<string, number> = {};
  for (const count of counts) tallied[count[key]] = (tallied[count[key]] ?? 0) + count.n;
  return tallied;
}

export function presentCounts(
  counts: readonly WaitingCount[],
): Pick<WaitingPageAnswer, 'total' | 'overdue' | 'kinds' | 'owners'> {
  return {
    total: counts.reduce((sum, { n }) => sum + n, 0),
    overdue: counts.reduce((sum, { overdue }) => sum + overdue, 0),
    kinds: tally(counts, 'kind'),
    owners: tally(counts, 'owner'),
  };
}

const known = (counts: Readonly<Record<string, number | undefined>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, n ?? 0]));

export function presentDigest(digest: Digest): DigestAnswer {
  const { since, until, cameIn, done, open } = digest;
  return {
    since: time(since),
    until: time(until),
    cameIn: { intercepts: cameIn.intercepts, byState: known(cameIn.byState), tasks: known(cameIn.tasks) },
    done: {
      reached: known(done.reached),
      steps: done.steps.map((step) => ({ ...step })),
      tasks: done.tasks.map((task) => ({ ...task })),
    },
    open: {
      ...open,
      byKind: known(open.byKind),
      first: open.first.map((item) => ({ ...item, reasonText: reasonText(item.reason), dueAt: time(item.dueAt) })),
    },
    text: { ...digestText(digest) },
  };
}
