import { modelHarness } from './model-platform-harness.js';
import { runPlatformContract } from './platform-contract.js';

runPlatformContract('a model platform with every door', modelHarness);
