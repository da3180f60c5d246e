import { jest } from '@jest/globals';

/**
 * A test that drives whole programs or a browser is run once more when it fails: what a machine is busy with beside it is
 * not its subject. One that needed it is named at the end of the run, and is a test to mend (test/support/count-reporter.cjs).
 */
jest.retryTimes(1, { logErrorsBeforeRetry: true });
