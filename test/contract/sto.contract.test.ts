import { runCarrierContract } from './carrier-contract.js';
import { stoHarness } from './sto-harness.js';

runCarrierContract('STO', stoHarness);
