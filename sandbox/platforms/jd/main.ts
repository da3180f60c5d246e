#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { JdPopTwin } from './jd.js';
import { JD_POP_OPTIONS, JD_POP_VALUES } from './options.js';

await runTwin(process.argv.slice(2), {
  options: JD_POP_OPTIONS,
  schema: JD_POP_VALUES,
  build: (context, values) => new JdPopTwin(context, values),
});
