#!/usr/bin/env node
import { runTwin } from '../../frame/process.js';
import { WECHAT_OPTIONS, WECHAT_VALUES } from './options.js';
import { WechatTwin } from './wechat.js';

await runTwin(process.argv.slice(2), {
  options: WECHAT_OPTIONS,
  schema: WECHAT_VALUES,
  build: (context, values) => new WechatTwin(context, values),
});
