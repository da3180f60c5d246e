#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { SF_OPTIONS, SF_VALUES } from './options.js';
import { SfTwin } from './sf.js';

await runTwin(process.argv.slice(2), {
  options: SF_OPTIONS,
  schema: SF_VALUES,
  build: (context, values) => new SfTwin(context, values),
});
