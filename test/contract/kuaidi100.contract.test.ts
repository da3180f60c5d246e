import { runCarrierContract } from './carrier-contract.js';
import { kuaidi100Harness } from './kuaidi100-harness.js';

runCarrierContract('Kuaidi100', kuaidi100Harness);
