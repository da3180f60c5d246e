#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { GenericTwin } from './generic.js';
import { GENERIC_OPTIONS, GENERIC_VALUES } from './options.js';

await runTwin(process.argv.slice(2), {
  options: GENERIC_OPTIONS,
  schema: GENERIC_VALUES,
  build: (context, values) => new GenericTwin(context, values),
});
