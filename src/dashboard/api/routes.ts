import { actionRoutes } from './action-routes.js';
import { afterSaleRoutes } from './after-sale-routes.js';
import { billRoutes } from './bill-routes.js';
import { bulkStepRoutes } from './bulk-step-routes.js';
import { catalogueRoutes } from './catalogue-routes.js';
import { claimRoutes } from './claim-routes.js';
import { configChangeRoutes } from './config/change-routes.js';
import { configRoutes } from './config/config-routes.js';
import { configTestRoutes } from './config/test-routes.js';
import { deliveryRoutes } from './delivery-routes.js';
import { eventRoutes } from './event-routes.js';
import { exportRoute } from './export-route.js';
import { importRoutes } from './import-routes.js';
import { interceptRoutes } from './intercept-routes.js';
import { invoiceRoutes } from './invoice-routes.js';
import { laneActions } from './lane-actions.js';
import { laneCareRoutes } from './lane-care-routes.js';
import { laneRoutes } from './lane-routes.js';
import { ledgerRoutes } from './ledger-routes.js';
import { liveRoute } from './live-route.js';
import { matchRoutes } from './match-routes.js';
import { overviewRoutes } from './overview-routes.js';
import { parcelRoutes } from './parcel-routes.js';
import { auditRoutes } from './people/audit-routes.js';
import { sessionRoutes } from './people/session-routes.js';
import { tokenRoutes } from './people/token-routes.js';
import { userRoutes } from './people/user-routes.js';
import { draftRoutes } from './policies/draft-routes.js';
import { policyRoutes } from './policies/policy-routes.js';
import { previewRoute } from './preview-route.js';
import { receiptRoutes } from './receipt-routes.js';
import { refundRoutes } from './refund-routes.js';
import { replayRoutes } from './replay-routes.js';
import { requestRoute } from './request-route.js';
import { returnRoutes } from './return-routes.js';
import type { Route } from './route.js';
import { scorecardRoutes } from './scorecard-routes.js';
import { statsRoutes } from './stats-routes.js';
import { taskRoutes } from './task-routes.js';
import { waitingRoutes } from './waiting-routes.js';

/** Every route below `/api/v1`. What is not in this table does not exist; the OpenAPI document and the tests read it too. */
export const ROUTES: readonly Route[] = [
  requestRoute,
  previewRoute,
  exportRoute,
  ...interceptRoutes,
  ...actionRoutes,
  ...bulkStepRoutes,
  ...afterSaleRoutes,
  ...ledgerRoutes,
  ...billRoutes,
  ...matchRoutes,
  ...invoiceRoutes,
  ...refundRoutes,
  ...returnRoutes,
  ...receiptRoutes,
  ...claimRoutes,
  ...laneRoutes,
  ...catalogueRoutes,
  ...laneActions,
  ...laneCareRoutes,
  ...parcelRoutes,
  ...taskRoutes,
  ...waitingRoutes,
  ...statsRoutes,
  ...scorecardRoutes,
  ...overviewRoutes,
  liveRoute,
  ...replayRoutes,
  ...importRoutes,
  ...eventRoutes,
  ...deliveryRoutes,
  ...configRoutes,
  ...configChangeRoutes,
  ...configTestRoutes,
  ...policyRoutes,
  ...draftRoutes,
  ...userRoutes,
  ...tokenRoutes,
  ...sessionRoutes,
  ...auditRoutes,
];
