#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { STO_OPTIONS, STO_VALUES } from './options.js';
import { StoTwin } from './sto.js';

await runTwin(process.argv.slice(2), {
  options: STO_OPTIONS,
  schema: STO_VALUES,
  build: (context, values) => new StoTwin(context, values),
});
