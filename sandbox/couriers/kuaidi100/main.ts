#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { Kuaidi100Twin } from './kuaidi100.js';
import { KUAIDI100_OPTIONS, KUAIDI100_VALUES } from './options.js';

await runTwin(process.argv.slice(2), {
  options: KUAIDI100_OPTIONS,
  schema: KUAIDI100_VALUES,
  build: (context, values) => new Kuaidi100Twin(context, values),
});
