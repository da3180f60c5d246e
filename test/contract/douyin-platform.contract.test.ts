import { douyinHarness } from './douyin-platform-harness.js';
import { runPlatformContract } from './platform-contract.js';

runPlatformContract('Douyin Shop', douyinHarness);
