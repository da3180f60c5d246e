import { kuaishouHarness } from './kuaishou-platform-harness.js';
import { runPlatformContract } from './platform-contract.js';

runPlatformContract('Kuaishou', kuaishouHarness);
