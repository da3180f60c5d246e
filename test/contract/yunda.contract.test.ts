import { runCarrierContract } from './carrier-contract.js';
import { yundaHarness } from './yunda-harness.js';

runCarrierContract('Yunda', yundaHarness);
