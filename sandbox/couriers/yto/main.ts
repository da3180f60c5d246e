#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { YTO_OPTIONS, YTO_VALUES } from './options.js';
import { YtoTwin } from './yto.js';

await runTwin(process.argv.slice(2), {
  options: YTO_OPTIONS,
  schema: YTO_VALUES,
  build: (context, values) => new YtoTwin(context, values),
});
