import { runCarrierContract } from './carrier-contract.js';
import { ztoHarness } from './zto-harness.js';

runCarrierContract('ZTO', ztoHarness);
