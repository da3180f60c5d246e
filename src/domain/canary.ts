/**
 * A test job that goes the way of every order: the dispatcher hands it to a lane's queue in Redis, a worker of the lane
 * takes it and says so in MySQL. A worker can look alive and take nothing any more; this cannot.
 */
export const CANARY_EVERY_MS = 10_000;

/** A lane through which no canary came for this long has no worker, as far as anybody can tell. */
export const CANARY_MISSED_AFTER_MS = 60_000;

/** Stands for a row's id in the job; ids of rows are 26 characters. */
export const CANARY_ID = 'canary';
