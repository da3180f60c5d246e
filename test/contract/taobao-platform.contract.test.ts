import { runPlatformContract } from './platform-contract.js';
import { taobaoHarness } from './taobao-platform-harness.js';

runPlatformContract('Taobao', taobaoHarness);
