import { runPlatformContract } from './platform-contract.js';
import { xiaohongshuHarness } from './xiaohongshu-platform-harness.js';

runPlatformContract('Xiaohongshu', xiaohongshuHarness);
