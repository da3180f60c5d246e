import { actionRoutes } from './action-routes.js';
import { afterSaleRoutes } from './after-sale-routes.js';
import { catalogueRoutes } from './catalogue-routes.js';
import { eventRoutes } from './event-routes.js';
import { interceptRoutes } from './intercept-routes.js';
import { laneActions } from './lane-actions.js';
import { laneRoutes } from './lane-routes.js';
import { ledgerRoutes } from './ledger-routes.js';
import { parcelRoutes } from './parcel-routes.js';
import { replayRoutes } from './replay-routes.js';
import { requestRoute } from './request-route.js';
import type { Route } from './route.js';
import { statsRoutes } from './stats-routes.js';
import { taskRoutes } from './task-routes.js';

/** Every route below `/api/v1`. What is not in this table does not exist; the OpenAPI document and the tests read it too. */
export const ROUTES: readonly Route[] = [
  requestRoute,
  ...interceptRoutes,
  ...actionRoutes,
  ...afterSaleRoutes,
  ...ledgerRoutes,
  ...laneRoutes,
  ...catalogueRoutes,
  ...laneActions,
  ...parcelRoutes,
  ...taskRoutes,
  ...statsRoutes,
  ...replayRoutes,
  ...eventRoutes,
];
