import type { ThemeConfig } from 'antd';

/** Chinese fonts of every system before the generic one; digits of one width are asked for in style/base.css. */
const FONTS = [
  '-apple-system',
  'BlinkMacSystemFont',
  '"Segoe UI"',
  '"PingFang SC"',
  '"Hiragino Sans GB"',
  '"Microsoft YaHei"',
  '"Noto Sans SC"',
  '"Noto Sans CJK SC"',
  '"Source Han Sans SC"',
  'sans-serif',
].join(', ');

/** antd's looks, with every text at a contrast of 4.5 or more. The same colours stand in style/. */
export const THEME: ThemeConfig = {
  token: {
    colorPrimary: '#1554ad',
    colorInfo: '#1554ad',
    colorLink: '#1554ad',
    colorError: '#b42318',
    colorSuccess: '#18794e',
    colorWarning: '#9a5b00',
    colorText: '#1f2329',
    colorTextSecondary: '#4e5661',
    colorTextTertiary: '#5c6570',
    colorTextDescription: '#5c6570',
    colorTextPlaceholder: '#6b7480',
    colorBorder: '#c3c9d1',
    borderRadius: 6,
    fontFamily: FONTS,
    fontSize: 14,
    motion: false,
  },
};
