#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { XIAOHONGSHU_OPTIONS, XIAOHONGSHU_VALUES } from './options.js';
import { XiaohongshuTwin } from './xiaohongshu.js';

await runTwin(process.argv.slice(2), {
  options: XIAOHONGSHU_OPTIONS,
  schema: XIAOHONGSHU_VALUES,
  build: (context, values) => new XiaohongshuTwin(context, values),
});
