import { runCarrierContract } from './carrier-contract.js';
import { jdChannelHarness } from './jd-channel-harness.js';

runCarrierContract("JD POP's own channel", jdChannelHarness);
