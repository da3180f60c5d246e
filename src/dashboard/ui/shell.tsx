import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { call } from './http/client.js';
import { PAGES } from './pages.js';
import { LanguageSwitch } from './parts/language-switch.js';
import { Link } from './place/link.js';
import { usePlace } from './place/place.js';
import { SESSION_KEY, type SessionState, useUser } from './session/session.js';
import { useWords } from './texts/i18n.js';

/** Ends the session and forgets everything that was read in it. */
function useLogOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<void>('POST', '/api/auth/logout', {}),
    onSettled: () => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
      client.setQueryData<SessionState>(SESSION_KEY, { user: null, ended: false });
    },
  });
}

/** Header with the pages this person may see, and the page itself. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = useWords();
  const user = useUser();
  const { path } = usePlace();
  const logOut = useLogOut();
  const pages = PAGES.filter((page) => page.inMenu && user.scopes.includes(page.scope));
  const isCurrent = (to: string) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`));
  return (
    <>
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <header className="top">
        <Link to="/" className="brand">
          {t('frame.app')}
        </Link>
        <nav aria-label={t('frame.pages')}>
          {pages.map(({ path: to, name }) => (
            <Link key={to} to={to} current={isCurrent(to)}>
              {t(`frame.nav.${name}`)}
            </Link>
          ))}
        </nav>
        <span className="who">
          {user.email} · {t(`frame.role.${user.role}`)}
        </span>
        <LanguageSwitch />
        <Button type="text" loading={logOut.isPending} onClick={() => logOut.mutate()}>
          {t('frame.logOut')}
        </Button>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
