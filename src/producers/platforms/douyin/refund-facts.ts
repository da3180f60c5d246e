import type { CarrierFact } from '../../../domain/carrier/port.js';

const SDK = 'github zsmhub/doudian-sdk api/afterSale_operate, generated from the official document (api-docs/17/560)';
const NONE = 'searched for and not found';

/** What is known of agreeing and rejecting at Douyin, and what is not. */
export const REFUND_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Agreeing and rejecting a refund',
    value:
      'afterSale.operate {type, items [{aftersale_id (text), update_time, reason, remark, reject_reason_code, evidence}]}; one after-sale a call; update_time is the version that is checked. It takes no amount: the version stands for it',
    confidence: 'documented',
    source: SDK,
  },
  {
    fact: 'Values of type',
    value: '201 agrees a refund-only after shipment, 202 rejects it',
    confidence: 'second-hand',
    source:
      'github renhonghai/doudian-sdk src/Constants/AfterSaleTypeConstant.php; the official list (question-docs/93/2752) was not read',
  },
  {
    fact: 'Answer to a decision',
    value:
      'data.items[] with aftersale_id, status_code, status_msg; no table of status_code: 0 and 10000 are a yes, anything else is read back. 50002 is a no',
    confidence: 'not documented',
    source: `shape: ${SDK}; numbers: ${NONE}`,
  },
  {
    fact: 'Reason of a rejection',
    value:
      'reject_reason_code of afterSale.rejectReasonCodeList, set as rejectReasonCode and rejectReason; without them a person rejects. Some reasons want evidence, which is not sent',
    confidence: 'documented',
    source: SDK,
  },
  {
    fact: 'Refund after an intercept over the platform’s channel',
    value: 'paid by the platform itself (automatic audit 12, 商家拦截成功): nothing is agreed by us',
    confidence: 'second-hand',
    source: 'audit kinds in the platform’s own Java SDK; when it happens was not found',
  },
];
