/**
 * Which installation this is, so that nobody takes one for the other: shown as a coloured word on every page of the
 * admin UI (`ENVIRONMENT_NAME`).
 */
export const ENVIRONMENT_NAMES = ['local', 'demo', 'staging', 'production'] as const;
export type EnvironmentName = (typeof ENVIRONMENT_NAMES)[number];
