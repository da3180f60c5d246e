/**
 * Answers of the gateway's own table. The `isv.` words are ours: the platform publishes none for these calls, so nothing
 * should depend on one of them without having been told (`meanings`).
 */
export const ERRORS = {
  limited: { code: 7, msg: 'App Call Limited' },
  httpMethod: { code: 9, msg: 'Http Action Not Allowed' },
  noMethod: { code: 21, msg: 'Missing Method' },
  badMethod: { code: 22, msg: 'Invalid Method' },
  badFormat: { code: 23, msg: 'Invalid Format' },
  noSign: { code: 24, msg: 'Missing Signature' },
  badSign: { code: 25, msg: 'Invalid Signature' },
  noSession: { code: 26, msg: 'Missing Session' },
  badSession: { code: 27, msg: 'Invalid Session' },
  noAppKey: { code: 28, msg: 'Missing App Key' },
  badAppKey: { code: 29, msg: 'Invalid App Key' },
  noTimestamp: { code: 30, msg: 'Missing Timestamp' },
  badTimestamp: { code: 31, msg: 'Invalid Timestamp' },
  noVersion: { code: 32, msg: 'Missing Version' },
  badVersion: { code: 33, msg: 'Invalid Version' },
  noParam: { code: 40, msg: 'Missing Required Arguments', subCode: 'isv.missing-parameter' },
  badParam: { code: 41, msg: 'Invalid Arguments', subCode: 'isv.invalid-parameter' },
  noRefund: { code: 15, msg: 'Remote service error', subCode: 'isv.refund-not-exist' },
  staleVersion: { code: 15, msg: 'Remote service error', subCode: 'isv.refund-version-expired' },
  notToIntercept: { code: 15, msg: 'Remote service error', subCode: 'isv.refund-can-not-intercept' },
  repeat: { code: 15, msg: 'Remote service error', subCode: 'isv.refund-intercept-repeat' },
} as const satisfies Record<string, { readonly code: number; readonly msg: string; readonly subCode?: string }>;
export type ErrorName = keyof typeof ERRORS;

/** A call that does not prove who it is; every other refusal before the method is badly formed. */
export const UNPROVEN: ReadonlySet<ErrorName> = new Set([
  'noSign',
  'badSign',
  'noSession',
  'badSession',
  'noAppKey',
  'badAppKey',
]);
