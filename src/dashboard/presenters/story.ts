import type { AfterSaleFacts } from '../../domain/aftersale/after-sale.js';
import { currentFacts } from '../../domain/aftersale/merge.js';
import type { Story, StoryAfterSale } from '../../domain/store/story-reader.js';
import type { StoryAnswer } from '../api/schemas/story.js';
import { shownCarrier } from './intercept.js';
import { presentRefundStory } from './refund.js';
import { maskPhones, reasonText, time, timeOrNull } from './words.js';

type Said = StoryAnswer['said'][number];

const timeOf = (ms: number) => time(new Date(ms));

/** Facts as they leave: moments as times, the buyer's own words stay inside. */
function shownFacts(facts: AfterSaleFacts): Said['facts'] {
  const { orderId, type, status, refundAmountFen, paidAmountFen, category, arbitration } = facts;
  const { platformDeadlineMs, appliedAtMs } = facts;
  return {
    ...(orderId === undefined ? {} : { orderId }),
    ...(type === undefined ? {} : { type }),
    ...(status === undefined ? {} : { status }),
    ...(refundAmountFen === undefined ? {} : { refundAmountFen }),
    ...(paidAmountFen === undefined ? {} : { paidAmountFen }),
    ...(category === undefined ? {} : { category }),
    ...(arbitration === undefined ? {} : { arbitration }),
    ...(platformDeadlineMs === undefined ? {} : { platformDeadlineAt: timeOf(platformDeadlineMs) }),
    ...(appliedAtMs === undefined ? {} : { appliedAt: timeOf(appliedAtMs) }),
  };
}

/** What one after-sale said, moment by moment: the facts that still stand, each at the platform's time of it. */
function saidBy({ facts, afterSaleId, shopId, platform }: StoryAfterSale): Said[] {
  const moments = [...new Set(Object.values(facts).map((entry) => entry.atMs))].sort((a, b) => a - b);
  return moments.flatMap((atMs) => {
    const then = Object.fromEntries(Object.entries(facts).filter(([, entry]) => entry.atMs === atMs));
    const shown = shownFacts(currentFacts(then));
    return Object.keys(shown).length === 0 ? [] : [{ at: timeOf(atMs), afterSaleId, shopId, platform, facts: shown }];
  });
}

function presentAfterSale(row: StoryAfterSale): StoryAnswer['afterSales'][number] {
  const facts = currentFacts(row.facts);
  return {
    id: row.id,
    shopId: row.shopId,
    platform: row.platform,
    afterSaleId: row.afterSaleId,
    orderId: facts.orderId ?? null,
    type: facts.type ?? null,
    status: facts.status ?? 'unknown',
    refundAmountFen: facts.refundAmountFen ?? null,
    paidAmountFen: facts.paidAmountFen ?? null,
    origin: row.origin,
    heardAt: time(row.createdAt),
    elsewhere: row.droppedAt !== null,
  };
}

/** What surrounds an intercept. The reader has left out what is not the caller's. */
export function presentStory(
  story: Story,
): Pick<StoryAnswer, 'said' | 'afterSales' | 'tasks' | 'messages' | 'rounds' | 'otherParcels' | 'refunds'> {
  return {
    said: story.afterSales.flatMap(saidBy),
    afterSales: story.afterSales.map(presentAfterSale),
    refunds: story.refunds.map(presentRefundStory),
    tasks: story.tasks.map((task) => ({
      ...task,
      reasonText: reasonText(task.reason),
      dueAt: time(task.dueAt),
      createdAt: time(task.createdAt),
      closedAt: timeOrNull(task.closedAt),
    })),
    messages: story.messages.map(({ lastError, ...message }) => ({
      ...message,
      id: String(message.id),
      lastError: lastError === null ? null : maskPhones(lastError),
      createdAt: time(message.createdAt),
      doneAt: timeOrNull(message.doneAt),
    })),
    rounds: story.rounds.map(({ id, round, state, reason, createdAt }) => ({
      id,
      round,
      state,
      reasonText: reasonText(reason),
      createdAt: time(createdAt),
    })),
    otherParcels: story.otherParcels.map((parcel) => ({
      shopId: parcel.shopId,
      orderId: parcel.orderId,
      afterSaleId: parcel.afterSaleId,
      carrier: shownCarrier(parcel),
      waybillNo: parcel.waybillNo,
      interceptId: parcel.interceptId,
      state: parcel.state,
      reasonText: parcel.reason === null ? null : reasonText(parcel.reason),
    })),
  };
}
