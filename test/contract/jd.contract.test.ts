import { runCarrierContract } from './carrier-contract.js';
import { jdHarness, jdJosHarness } from './jd-harness.js';

runCarrierContract('JD', jdHarness);
runCarrierContract('JD at its older platform', jdJosHarness);
