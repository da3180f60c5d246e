import { STORED } from './file-schema.js';

/** When and of which shops a target is told what a shift hands over. */
export interface DigestWish {
  /** `HH:MM` in Asia/Shanghai. */
  readonly at: readonly string[];
  /** null: all. */
  readonly shops: readonly string[] | null;
  /** Whose tasks it tells of; null: of those that no other target with a digest is for. */
  readonly owners: readonly string[] | null;
}

/** Where events go: an ERP's endpoint, a chat bot, or a plain webhook. */
export interface TargetSettings {
  /** `endpoints/erp`, `notifications/ops-bot`: the two lists of the file may use one name. */
  readonly id: string;
  readonly kind: 'endpoint' | 'webhook' | 'dingtalk' | 'feishu' | 'wecom';
  /** A bot's holds its key: in memory only. */
  readonly url: string;
  /** What an endpoint's messages, or those of a signed bot, are signed with; null of all others. In memory only. */
  readonly secret: string | null;
  readonly enabled: boolean;
  /** null: it does not listen to `digest.daily`. */
  readonly digest: DigestWish | null;
}

const WANTS_DIGEST = ['*', 'digest.*', 'digest.daily'];

/** A stored row as the running system reads it. Throws a ZodError for a row this version did not write. */
export function targetSettings(key: string, body: Readonly<Record<string, unknown>>, enabled: boolean): TargetSettings {
  const [section, id] = key.split('/');
  if (section === 'endpoints') {
    const { url, secret } = STORED.endpoint.parse({ ...body, id });
    return { id: key, kind: 'endpoint', url, secret, enabled, digest: null };
  }
  const { kind, url, secret, events, owners, digestAt, digestShops } = STORED.notification.parse({ ...body, id });
  const listens = events.some((pattern) => WANTS_DIGEST.includes(pattern));
  const digest = listens ? { at: digestAt, shops: digestShops, owners } : null;
  return { id: key, kind, url, secret, enabled, digest };
}
