import { type ThemeConfig, theme } from 'antd';
import type { Scheme } from './chosen-theme.js';

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

const SHARED = { borderRadius: 6, fontFamily: FONTS, fontSize: 14, motion: false } as const;

/** antd's looks in both schemes, with every text at a contrast of 4.5 or more. The same colours stand in style/colours.css. */
export const ANTD_THEMES: Readonly<Record<Scheme, ThemeConfig>> = {
  light: {
    token: {
      ...SHARED,
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
    },
  },
  dark: {
    algorithm: theme.darkAlgorithm,
    token: {
      ...SHARED,
      colorPrimary: '#2f6fd0',
      colorInfo: '#7db2ff',
      colorLink: '#7db2ff',
      colorError: '#d9483b',
      colorErrorText: '#ff8f80',
      colorSuccess: '#3fae78',
      colorWarning: '#d08a1d',
      colorText: '#e4e8ed',
      colorTextSecondary: '#b9c1cb',
      colorTextTertiary: '#9aa5b1',
      colorTextDescription: '#9aa5b1',
      colorTextPlaceholder: '#8f9aa6',
      colorBorder: '#4a5562',
      colorBgBase: '#0f1317',
      colorBgContainer: '#181d23',
      colorBgElevated: '#1f262e',
    },
  },
};
