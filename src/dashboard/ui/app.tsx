import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import { Crash } from './crash.js';
import { Problem } from './http/problem.js';
import { NotFound } from './not-found.js';
import { pageAt } from './pages.js';
import { usePlace } from './place/place.js';
import { SESSION_KEY, SessionGate, type SessionState } from './session/session.js';
import { Shell } from './shell.js';
import { useWords } from './texts/i18n.js';
import { THEME } from './theme.js';

/** What failed once will fail again at once, unless nobody answered or the server asks for patience. */
function mayRetry(failures: number, error: Error): boolean {
  return error instanceof Problem && (error.status === 0 || error.status === 503) && failures < 1;
}

function makeClient(): QueryClient {
  // An answer "not logged in" anywhere means that the session is over.
  const onError = (error: Error) => {
    const session = client.getQueryData<SessionState>(SESSION_KEY);
    if (!(error instanceof Problem) || error.status !== 401 || !session?.user) return;
    client.setQueryData<SessionState>(SESSION_KEY, { user: null, ended: true });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { retry: mayRetry, networkMode: 'always' }, mutations: { networkMode: 'always' } },
  });
  return client;
}

const client = makeClient();

/** The server wrote this answer's nonce into the page; with it antd may add its styles. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

function CurrentPage() {
  const { path } = usePlace();
  const found = pageAt(path);
  if (!found) return <NotFound />;
  const { page, id } = found;
  return (
    <Crash key={path}>
      <page.Page id={id} />
    </Crash>
  );
}

export function App() {
  const { lang } = useWords();
  return (
    <ConfigProvider
      locale={lang === 'en' ? enUS : zhCN}
      theme={THEME}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <QueryClientProvider client={client}>
        <SessionGate>
          <Shell>
            <CurrentPage />
          </Shell>
        </SessionGate>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
