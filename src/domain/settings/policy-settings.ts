import type { PolicyBody } from './file-schema.js';
import type { PolicySettings } from './settings.js';

/** A policy of the file as the running system goes by it. `braked`: its brake is on. */
export function policySettings(body: PolicyBody, version: number, braked = false): PolicySettings {
  return {
    id: body.id,
    version,
    auto: body.auto,
    partialRefund: body.partialRefund,
    afterRefundPaid: body.afterRefundPaid,
    approvalAboveFen: body.approvalAboveFen,
    budget: body.budget,
    maxAfterSaleAgeMs: body.maxAfterSaleAgeMs,
    deadlineAfterMs: body.deadline === 'forecast' ? null : body.deadline.afterMs,
    contentsMaxAgeMs: body.contentsMaxAgeMs,
    refund: {
      at: body.agreeRefund.at,
      hours: body.agreeRefund.hours,
      atPlatformDeadline: body.atPlatformDeadline,
      platformLeadMs: body.platformLeadMs,
    },
    when: body.when,
    braked,
  };
}
