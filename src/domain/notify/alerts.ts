import type { Text } from '../text.js';

/** A condition that the desk must know of: the event that says so, the one that says it is over, and both texts. */
interface AlertRow {
  readonly raised: `alert.${string}`;
  readonly recovered: `alert.${string}`;
  readonly said: Text;
  readonly over: Text;
}

/** `{}` in a text is the subject: a lane, a shop, an endpoint. */
export const ALERTS = {
  lane_down: {
    raised: 'alert.lane_down',
    recovered: 'alert.lane_recovered',
    said: {
      zh: '线路 {} 连续失败，已暂停发送，稍后自动重试。持续不恢复请联系快递。',
      en: 'Lane {} keeps failing; sending is paused and tried again by itself. If it lasts, ask the courier.',
    },
    over: { zh: '线路 {} 已恢复。', en: 'Lane {} answers again.' },
  },
  credentials_refused: {
    raised: 'alert.credentials_refused',
    recovered: 'alert.credentials_recovered',
    said: {
      zh: '快递不接受线路 {} 的密钥，已停止发送。请核对账号密钥后重新应用配置。',
      en: 'The courier refuses the keys of lane {}; nothing is sent. Check them and apply the configuration again.',
    },
    over: { zh: '线路 {} 的密钥已被接受。', en: 'The courier accepts the keys of lane {} again.' },
  },
  auth_expired: {
    raised: 'alert.auth_expired',
    recovered: 'alert.auth_recovered',
    said: {
      zh: '平台不再接受店铺 {} 的授权，无法读取售后。请重新授权店铺。',
      en: 'The platform refuses the authorisation of shop {}; after-sales cannot be read. Authorise the shop again.',
    },
    over: { zh: '店铺 {} 的授权已恢复。', en: 'The authorisation of shop {} works again.' },
  },
  intake_stopped: {
    raised: 'alert.intake_stopped',
    recovered: 'alert.intake_recovered',
    said: {
      zh: '店铺 {} 已超过 2 分钟读不到平台的售后，新的退款可能漏看。请在“配置 → 店铺”查看原因。',
      en: 'Nothing has been read from the platform of shop {} for over 2 minutes; new refunds may go unseen. See Settings, Shops for the reason.',
    },
    over: { zh: '店铺 {} 的售后读取已恢复。', en: 'After-sales of shop {} are read again.' },
  },
  endpoint_gone: {
    raised: 'alert.endpoint_gone',
    recovered: 'alert.endpoint_recovered',
    said: {
      zh: '推送地址 {} 答复 410，已停用。恢复后请重新应用配置。',
      en: '{} answered 410 Gone and was disabled. Apply the configuration again to enable it.',
    },
    over: { zh: '推送地址 {} 已重新启用。', en: '{} is enabled again.' },
  },
  policy_brake: {
    raised: 'alert.policy_brake',
    recovered: 'alert.policy_recovered',
    said: {
      zh: '策略 {} 一小时内的条数远超平常，已刹车，暂不自动发送。请核实后在“策略”页解除。',
      en: 'Policy {} let far more go within an hour than usual and was stopped. Look, then release the brake on the page Policies.',
    },
    over: {
      zh: '策略 {} 的刹车已由人解除，恢复自动发送。',
      en: 'Somebody released the brake of policy {}; it sends by itself again.',
    },
  },
  invariant_broken: {
    raised: 'alert.invariant_broken',
    recovered: 'alert.invariant_restored',
    said: {
      zh: '数据检查发现不变量 {} 被破坏。请勿改动数据，运行 jiejian verify 查看，并设置 SAFE_MODE=true 停止发送。',
      en: 'The hourly check found {} broken. Leave the data as it is, see jiejian verify, and stop sending with SAFE_MODE=true.',
    },
    over: { zh: '不变量 {} 已恢复成立。', en: '{} holds again.' },
  },
} as const satisfies Record<string, AlertRow>;

export type AlertKind = keyof typeof ALERTS;

export function isAlertKind(kind: string): kind is AlertKind {
  return Object.hasOwn(ALERTS, kind);
}

/** What a person reads when the alert is raised, or over. */
export function alertText(kind: AlertKind, state: 'raised' | 'recovered', subject: string): Text {
  const { zh, en } = state === 'raised' ? ALERTS[kind].said : ALERTS[kind].over;
  return { zh: zh.replace('{}', subject), en: en.replace('{}', subject) };
}
