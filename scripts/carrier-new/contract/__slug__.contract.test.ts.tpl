import { runCarrierContract } from './carrier-contract.js';
import { __slug__Harness } from './__slug__-harness.js';

runCarrierContract('__slug__', __slug__Harness);
