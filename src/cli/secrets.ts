import { forgetFormerNow } from '../domain/store/forget-former.js';
import { resealAll } from '../domain/store/reseal-store.js';
import { type ServiceOptions, withDatabase } from './attach.js';
import { JSON_OPTION, newCommand, type Place } from './command.js';
import { EXIT, printJson, printLine } from './io.js';

interface Options extends ServiceOptions {
  readonly json?: boolean;
}

/**
 * `jiejian secrets rotate`: everything sealed is sealed anew under SECRET_KEY; exit 1 where a text opens with no key.
 * `jiejian secrets forget`: keys that were replaced do not count any more (S5).
 */
export function secretsCommand({ program, io, end }: Place): void {
  const secrets = program.command('secrets').description({ zh: '加密内容', en: 'What is encrypted' }[io.language]);
  newCommand(secrets, io, 'rotate', {
    zh: '用 SECRET_KEY 重新加密全部内容（旧密钥在 SECRET_KEY_PREVIOUS）',
    en: 'Encrypt everything anew under SECRET_KEY (the key before in SECRET_KEY_PREVIOUS)',
  })
    .option('--json', JSON_OPTION[io.language])
    .action(async (options: Options) => {
      const by = { actor: io.actor, now: io.now() };
      const done = await withDatabase(io, options, (place) => resealAll(place.db, place.secrets, by));
      if (options.json) printJson(io, done);
      else {
        for (const [name, count] of Object.entries(done.resealed)) printLine(io, `${name}: ${count}`);
        printLine(io, { zh: `当前密钥 ${done.keyId}`, en: `present key ${done.keyId}` });
        for (const name of done.unreadable) {
          printLine(io, { zh: `无法解密 ${name}：请重新 apply`, en: `cannot be opened: ${name}; apply it again` });
        }
      }
      end(done.unreadable.length === 0 ? EXIT.ok : EXIT.failed);
    });
  newCommand(secrets, io, 'forget', {
    zh: '立即作废已被替换的平台和快递密钥（泄露时使用；否则 24 小时后自动作废）',
    en: 'Refuse replaced keys of platforms and couriers at once, after a leak; else they count for 24 hours more',
  })
    .option('--json', JSON_OPTION[io.language])
    .action(async (options: Options) => {
      const by = { actor: io.actor, now: io.now() };
      const forgotten = await withDatabase(io, options, (place) => forgetFormerNow(place.db, by));
      if (options.json) printJson(io, { forgotten });
      else printLine(io, { zh: `已作废旧密钥 ${forgotten} 组`, en: `former credentials forgotten: ${forgotten}` });
      end(EXIT.ok);
    });
}
