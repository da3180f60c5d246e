import { genericHarness } from './generic-platform-harness.js';
import { runPlatformContract } from './platform-contract.js';

runPlatformContract('the generic webhook', genericHarness);
