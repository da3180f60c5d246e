import { runCarrierContract } from './carrier-contract.js';
import { douyinChannelHarness } from './douyin-channel-harness.js';

runCarrierContract("Douyin's own channel", douyinChannelHarness);
