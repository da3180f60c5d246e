/** Sections whose rows can be switched off; an account is switched off by its own `enabled` too. */
export const SWITCHABLE = ['shops', 'carrierAccounts', 'policies', 'notifications', 'endpoints'] as const;
export type SwitchableSection = (typeof SWITCHABLE)[number];
