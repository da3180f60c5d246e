#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { TAOBAO_OPTIONS, TAOBAO_VALUES } from './options.js';
import { TaobaoTwin } from './taobao.js';

await runTwin(process.argv.slice(2), {
  options: TAOBAO_OPTIONS,
  schema: TAOBAO_VALUES,
  build: (context, values) => new TaobaoTwin(context, values),
});
