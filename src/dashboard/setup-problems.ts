/** How the pages of configuration, people and audit say no. */
export const SETUP_PROBLEMS = {
  all_shops_needed: {
    status: 403,
    zh: '此操作涉及全公司，只有不限店铺的管理员可以进行。',
    en: 'This concerns the whole company: only an administrator of all shops may do it.',
  },
  beyond_own_rights: {
    status: 403,
    zh: '不能授予或处理超出自己权限的角色或权限范围。',
    en: 'Nobody may give, or touch, a role or scope that goes beyond his own.',
  },
  config_moved: {
    status: 409,
    zh: '配置已被他人修改，本次未保存。请查看对方的修改，再重新预览并保存。',
    en: 'Somebody else has changed the configuration; nothing was saved. See what it was, preview again, and save.',
  },
  delivery_waits: {
    status: 409,
    zh: '该消息仍在按计划重试，无需再次发送。',
    en: 'This message is still being tried; there is nothing to send again.',
  },
  user_moved: {
    status: 409,
    zh: '该用户刚被他人修改，本次未保存。请刷新后再试。',
    en: 'Somebody else has just changed this user; nothing was saved. Read it again and try anew.',
  },
  user_exists: { status: 409, zh: '该邮箱已有用户。', en: 'There is a user of this address already.' },
  last_admin: {
    status: 409,
    zh: '这是最后一个不限店铺的管理员，不能停用或降级。请先添加另一个。',
    en: 'This is the last administrator of all shops and stays one. Add another first.',
  },
  not_yourself: {
    status: 409,
    zh: '不能修改自己的角色、店铺或停用自己。请由其他管理员操作。',
    en: 'Nobody changes his own role or shops, or disables himself. Ask another administrator.',
  },
} as const;
