#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { DouyinTwin } from './douyin.js';
import { DOUYIN_OPTIONS, DOUYIN_VALUES } from './options.js';

await runTwin(process.argv.slice(2), {
  options: DOUYIN_OPTIONS,
  schema: DOUYIN_VALUES,
  build: (context, values) => new DouyinTwin(context, values),
});
