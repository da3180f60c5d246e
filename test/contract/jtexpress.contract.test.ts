import { runCarrierContract } from './carrier-contract.js';
import { jtexpressHarness } from './jtexpress-harness.js';

runCarrierContract('J&T', jtexpressHarness);
