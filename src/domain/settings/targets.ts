import { STORED } from './file-schema.js';

/** Where events go: an ERP's endpoint, a chat bot, or a plain webhook. */
export interface TargetSettings {
  /** `endpoints/erp`, `notifications/ops-bot`: the two lists of the file may use one name. */
  readonly id: string;
  readonly kind: 'endpoint' | 'webhook' | 'dingtalk' | 'feishu' | 'wecom';
  /** A bot's holds its key: in memory only. */
  readonly url: string;
  /** What an endpoint's messages are signed with; null of all others. Decrypted, in memory only. */
  readonly secret: string | null;
  readonly enabled: boolean;
}

/** A stored row as the running system reads it. Throws a ZodError for a row this version did not write. */
export function targetSettings(key: string, body: Readonly<Record<string, unknown>>, enabled: boolean): TargetSettings {
  const [section, id] = key.split('/');
  if (section === 'endpoints') {
    const { url, secret } = STORED.endpoint.parse({ ...body, id });
    return { id: key, kind: 'endpoint', url, secret, enabled };
  }
  const { kind, url } = STORED.notification.parse({ ...body, id });
  return { id: key, kind, url, secret: null, enabled };
}
