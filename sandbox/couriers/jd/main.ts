#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { JdTwin } from './jd.js';
import { JD_OPTIONS, JD_VALUES } from './options.js';

await runTwin(process.argv.slice(2), {
  options: JD_OPTIONS,
  schema: JD_VALUES,
  build: (context, values) => new JdTwin(context, values),
});
