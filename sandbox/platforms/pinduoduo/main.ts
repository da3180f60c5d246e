#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { PINDUODUO_OPTIONS, PINDUODUO_VALUES } from './options.js';
import { PinduoduoTwin } from './pinduoduo.js';

await runTwin(process.argv.slice(2), {
  options: PINDUODUO_OPTIONS,
  schema: PINDUODUO_VALUES,
  build: (context, values) => new PinduoduoTwin(context, values),
});
