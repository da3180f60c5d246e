#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { JtexpressTwin } from './jtexpress.js';
import { JTEXPRESS_OPTIONS, JTEXPRESS_VALUES } from './options.js';

await runTwin(process.argv.slice(2), {
  options: JTEXPRESS_OPTIONS,
  schema: JTEXPRESS_VALUES,
  build: (context, values) => new JtexpressTwin(context, values),
});
