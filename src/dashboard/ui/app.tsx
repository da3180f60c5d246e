import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import { RouterProvider } from 'react-router/dom';
import { makeClient } from './http/query-client.js';
import { fetchPageAt } from './pages.js';
import { startRouter } from './place/place.js';
import { ROUTES } from './routes.js';
import { SESSION_QUERY } from './session/session.js';
import { useWords } from './texts/i18n.js';
import { ANTD_THEMES } from './theme/antd-theme.js';
import { useScheme } from './theme/chosen-theme.js';

const client = makeClient();
// Both at once, and before anything is drawn: who is logged in, and the code of what he asks for.
void client.prefetchQuery(SESSION_QUERY);
fetchPageAt(location.pathname);
const router = startRouter(ROUTES);

/** The server wrote this answer's nonce into the page; with it antd may add its styles. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

export function App() {
  const { lang } = useWords();
  const scheme = useScheme();
  return (
    <ConfigProvider
      locale={lang === 'en' ? enUS : zhCN}
      theme={ANTD_THEMES[scheme]}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
