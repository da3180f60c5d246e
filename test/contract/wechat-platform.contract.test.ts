import { runPlatformContract } from './platform-contract.js';
import { wechatHarness } from './wechat-platform-harness.js';

runPlatformContract('WeChat', wechatHarness);
