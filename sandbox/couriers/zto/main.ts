#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { ZTO_OPTIONS, ZTO_VALUES } from './options.js';
import { ZtoTwin } from './zto.js';

await runTwin(process.argv.slice(2), {
  options: ZTO_OPTIONS,
  schema: ZTO_VALUES,
  build: (context, values) => new ZtoTwin(context, values),
});
