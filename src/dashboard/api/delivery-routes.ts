import { z } from 'zod';
import { DELIVERY_STATES } from '../../domain/notify/events.js';
import { appendAudit } from '../../domain/store/audit-store.js';
import { type DeliveryView, listDeliveries } from '../../domain/store/delivery-reader.js';
import { sendAgain } from '../../domain/store/delivery-store.js';
import { time, timeOrNull } from '../presenters/words.js';
import { onlyAllShops } from './all-shops.js';
import { NUMBER_PAGING, numberPageOf, pageAnswer, pageSchema } from './paging.js';
import { ok, problem, route } from './route.js';
import { DELIVERY, type DeliveryAnswer } from './schemas/delivery.js';
import { CODE } from './schemas/fields.js';

const FILTER = z.strictObject({ state: z.enum(DELIVERY_STATES).optional(), target: CODE.optional(), ...NUMBER_PAGING });

const present = ({ id, createdAt, dueAt, doneAt, ...row }: DeliveryView): DeliveryAnswer => ({
  ...row,
  id: String(id),
  createdAt: time(createdAt),
  dueAt: timeOrNull(dueAt),
  doneAt: timeOrNull(doneAt),
});

/** Targets hear of all shops, and so does whoever looks at what they were told. */
export const deliveryRoutes = [
  route({
    method: 'get',
    path: '/deliveries',
    scope: 'config:read',
    summary: 'Messages to webhooks and chats, newest first, with what became of each',
    query: FILTER,
    answers: { 200: { description: 'one page', schema: pageSchema(DELIVERY) } },
    problems: ['all_shops_needed'],
    handle: ({ deps, caller, query }) =>
      onlyAllShops(caller, async () =>
        ok(pageAnswer(await listDeliveries(deps.db, query, numberPageOf(query)), query, present)),
      ),
  }),
  route({
    method: 'post',
    path: '/deliveries/:id/send',
    scope: 'config:write',
    summary: 'Send a message again that has ended: the same id and bytes, tried for three more days',
    answers: { 202: { description: 'taken in: the message as it is now', schema: DELIVERY } },
    problems: ['not_found', 'delivery_waits', 'all_shops_needed'],
    handle: ({ deps, caller, params }) =>
      onlyAllShops(caller, async () => {
        const id = /^[1-9]\d{0,14}$/.test(params.id ?? '') ? Number(params.id) : null;
        if (id === null) return problem('not_found');
        const find = async () => (await listDeliveries(deps.db, { id }, { limit: 1, beforeId: null }))[0];
        if (!(await find())) return problem('not_found');
        const sent = await deps.db.transaction(async (tx) => {
          if (!(await sendAgain(tx, id, deps.now()))) return false;
          const entry = {
            at: deps.now(),
            actor: caller.actor,
            action: 'delivery.send',
            subject: String(id),
            detail: {},
          };
          await appendAudit(tx, entry);
          return true;
        });
        const row = await find();
        if (!sent) return problem('delivery_waits');
        return row ? { status: 202, body: present(row) } : problem('not_found');
      }),
  }),
];
