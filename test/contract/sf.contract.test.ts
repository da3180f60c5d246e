import { runCarrierContract } from './carrier-contract.js';
import { sfHarness } from './sf-harness.js';

runCarrierContract('SF', sfHarness);
