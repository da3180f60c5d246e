#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { KuaishouTwin } from './kuaishou.js';
import { KUAISHOU_OPTIONS, KUAISHOU_VALUES } from './options.js';

await runTwin(process.argv.slice(2), {
  options: KUAISHOU_OPTIONS,
  schema: KUAISHOU_VALUES,
  build: (context, values) => new KuaishouTwin(context, values),
});
