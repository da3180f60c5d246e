/**
 * One project a tier. The first three need no services and run anywhere; the others get a private Redis and MariaDB
 * from test/support/services-setup.mjs, which jest runs once for the whole run and only if such a tier has tests to run.
 * `npm test` runs all of them but the last two, which `npm run test:faults` and `npm run test:nemesis` run.
 */
const services = {
  globalSetup: '<rootDir>/test/support/services-setup.mjs',
  globalTeardown: '<rootDir>/test/support/services-teardown.mjs',
};

const secondTry = { setupFilesAfterEnv: ['<rootDir>/test/support/second-try.ts'] };

const tiers = [
  { name: 'unit' },
  { name: 'contract' },
  { name: 'architecture' },
  { name: 'integration', ...services },
  { name: 'e2e', ...services, ...secondTry },
  { name: 'browser', ...services, ...secondTry },
  { name: 'faults', ...services },
  { name: 'nemesis', ...services },
];

/** Sources are ES modules; jest runs them as CommonJS, so no flag of Node is needed. */
const swc = {
  jsc: {
    parser: { syntax: 'typescript', tsx: true },
    target: 'es2023',
    transform: { react: { runtime: 'automatic' } },
  },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

export default {
  // One more than the cores of a small machine: many tests wait.
  maxWorkers: 3,
  // Jest takes this for the whole run only; a project's own is ignored.
  testTimeout: 60_000,
  testSequencer: '<rootDir>/test/support/slow-first.cjs',
  reporters: ['default', '<rootDir>/test/support/count-reporter.cjs'],
  projects: tiers.map(({ name, ...rest }) => ({
    displayName: name,
    rootDir: import.meta.dirname,
    roots: ['<rootDir>/src', '<rootDir>/sandbox', '<rootDir>/scripts', '<rootDir>/test'],
    testMatch: [`<rootDir>/test/${name}/**/*.test.{ts,tsx}`],
    testEnvironment: 'node',
    setupFiles: ['<rootDir>/test/support/native-errors.ts'],
    // What comes as ES modules only.
    transform: {
      '\\.tsx?$': ['@swc/jest', swc],
      '/node_modules/hucre/.+\\.mjs$': ['@swc/jest', swc],
      '/cel-js/lib/.*\\.js$': ['@swc/jest', swc],
    },
    transformIgnorePatterns: ['/node_modules/(?!hucre/|@marcbachmann/cel-js/)'],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
    ...rest,
  })),
};
