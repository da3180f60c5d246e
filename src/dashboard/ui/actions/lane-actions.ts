import type { ActionTable } from './action.js';

/** Looking after a lane. */
export const LANE_ACTIONS = {
  'lanes.tooLate': {
    page: 'lanes',
    zh: '查看来不及的包裹',
    en: 'list the parcels that come too late',
    scope: 'intercepts:read',
    call: 'GET /lanes/:id/too-late',
    of: 'lane',
  },
  'lanes.drift': {
    page: 'lanes',
    zh: '核对数据库与 Redis',
    en: 'compare MySQL with Redis',
    scope: 'config:read',
    call: 'GET /lanes/:id/drift',
    of: 'lane',
  },
  'lanes.rebuild': {
    page: 'lanes',
    zh: '重建通道的队列',
    en: 'rebuild its queues',
    scope: 'config:write',
    call: 'POST /lanes/:id/rebuild',
    of: 'lane',
  },
} as const satisfies ActionTable;
