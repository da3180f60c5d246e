import { pinduoduoHarness } from './pinduoduo-platform-harness.js';
import { runPlatformContract } from './platform-contract.js';

runPlatformContract('Pinduoduo', pinduoduoHarness);
