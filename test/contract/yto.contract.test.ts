import { runCarrierContract } from './carrier-contract.js';
import { ytoHarness } from './yto-harness.js';

runCarrierContract('YTO', ytoHarness);
