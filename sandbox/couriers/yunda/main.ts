#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { YUNDA_OPTIONS, YUNDA_VALUES } from './options.js';
import { YundaTwin } from './yunda.js';

await runTwin(process.argv.slice(2), {
  options: YUNDA_OPTIONS,
  schema: YUNDA_VALUES,
  build: (context, values) => new YundaTwin(context, values),
});
