import { z } from 'zod';
import { absentable, OWN_ID } from './fields.js';
import { INTERCEPT_FILTER } from './intercept-filter.js';

/** More than a page of ids is a filter. */
const MOST_IDS = 5_000;

const FILTER = z.strictObject({
  ids: absentable(z.array(z.string().regex(/^[0-9a-z]{26}$/)).max(MOST_IDS)),
  state: absentable(INTERCEPT_FILTER.shape.state.unwrap()),
  carrier: absentable(INTERCEPT_FILTER.shape.carrier.unwrap()),
  shopId: absentable(OWN_ID),
  reason: absentable(INTERCEPT_FILTER.shape.reason.unwrap()),
  since: absentable(INTERCEPT_FILTER.shape.since.unwrap()),
  until: absentable(INTERCEPT_FILTER.shape.until.unwrap()),
});

/** Body of `POST /api/v1/replays` (contract section 6). */
export const REPLAY_ORDER = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    filter: FILTER,
    dryRun: z.boolean().default(false).meta({ description: 'true: only say what it would come to' }),
    perSecond: absentable(z.int().min(1).max(1_000)).meta({
      description: 'intercepts let go in a second; absent: as fast as it can, the lanes keep their own limits',
    }),
    expectWillSend: absentable(z.int().min(0)).meta({
      description:
        '`willSend` of the preview that was confirmed: if it is another number now, 409 and nothing is begun',
    }),
  })
  .meta({ id: 'ReplayOrder' });
