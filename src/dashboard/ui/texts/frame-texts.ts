import type { TextTree } from './text.js';

/** The frame around the pages, the login, and what all pages say. */
export const FRAME_TEXTS = {
  app: { zh: '截件 Jiejian', en: 'Jiejian 截件' },
  skip: { zh: '跳到正文', en: 'Skip to content' },
  pages: { zh: '页面', en: 'Pages' },
  nav: {
    overview: { zh: '概览', en: 'Overview' },
    intercepts: { zh: '拦截', en: 'Intercepts' },
    tasks: { zh: '待办', en: 'Tasks' },
    failed: { zh: '失败重试', en: 'Failed' },
    lanes: { zh: '通道', en: 'Lanes' },
    start: { zh: '手工发起', en: 'Start' },
    queues: { zh: '队列', en: 'Queues' },
    intercept: { zh: '拦截详情', en: 'Intercept' },
  },
  newWindow: { zh: '（新窗口）', en: ' (new window)' },
  language: { zh: 'English', en: '中文' },
  logOut: { zh: '退出', en: 'Log out' },
  role: {
    viewer: { zh: '查看', en: 'viewer' },
    operator: { zh: '运营', en: 'operator' },
    finance: { zh: '财务', en: 'finance' },
    admin: { zh: '管理员', en: 'admin' },
  },
  login: {
    title: { zh: '登录', en: 'Log in' },
    email: { zh: '邮箱', en: 'Email' },
    password: { zh: '密码', en: 'Password' },
    submit: { zh: '登录', en: 'Log in' },
    emailMissing: { zh: '请输入邮箱', en: 'Enter your email' },
    passwordMissing: { zh: '请输入密码', en: 'Enter your password' },
    ended: { zh: '登录已过期，请重新登录。', en: 'Your session has ended. Log in again.' },
    wait: { zh: '请在 {{seconds}} 秒后再试。', en: 'Try again in {{seconds}} s.' },
  },
  problem: {
    network: {
      zh: '连不上服务器。请检查网络，页面会自动重试。',
      en: 'The server cannot be reached. Check the network; the page tries again by itself.',
    },
    unknown: {
      zh: '服务器给出了无法识别的答复（HTTP {{status}}）。',
      en: 'The server gave an answer that is not understood (HTTP {{status}}).',
    },
    requestId: { zh: '请求号 {{id}}', en: 'Request {{id}}' },
    retry: { zh: '重试', en: 'Try again' },
    stale: { zh: '刷新失败，下面是之前读到的内容。', en: 'Refreshing failed; below is what was read before.' },
    broken: { zh: '页面出错了，请刷新。', en: 'This page broke. Reload it.' },
  },
  age: {
    reading: { zh: '读取中', en: 'reading' },
    justRead: { zh: '刚刚读取', en: 'just read' },
    read: { zh: '{{span}}前读取', en: 'read {{span}} ago' },
    notVerified: { zh: '未核实 · {{span}}前读取', en: 'not verified · read {{span}} ago' },
  },
  time: {
    ago: { zh: '{{span}}前', en: '{{span}} ago' },
    in: { zh: '{{span}}后', en: 'in {{span}}' },
    left: { zh: '还剩 {{span}}', en: '{{span}} left' },
    over: { zh: '已过 {{span}}', en: '{{span}} ago' },
    none: { zh: '—', en: '—' },
  },
  act: {
    cancel: { zh: '取消', en: 'Cancel' },
    close: { zh: '关闭', en: 'Close' },
    copy: { zh: '复制', en: 'Copy' },
    copied: { zh: '已复制', en: 'Copied' },
    more: { zh: '加载更多', en: 'Load more' },
    noMore: { zh: '共 {{count}} 条，已全部显示', en: 'All {{count}} shown' },
    clear: { zh: '清除', en: 'Clear' },
  },
  empty: { zh: '没有数据', en: 'Nothing here' },
  notFound: {
    title: { zh: '没有这个页面', en: 'No such page' },
    body: { zh: '请从上方菜单选择。', en: 'Choose one from the menu above.' },
  },
} as const satisfies TextTree;
