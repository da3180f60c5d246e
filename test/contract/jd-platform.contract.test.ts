import { jdPlatformHarness } from './jd-platform-harness.js';
import { runPlatformContract } from './platform-contract.js';

runPlatformContract('JD POP', jdPlatformHarness);
