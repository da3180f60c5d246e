import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLiveUpdates } from './http/live-stream.js';
import { KeyHelp } from './keys/key-help.js';
import { PAGES } from './pages.js';
import { EnvironmentBadge } from './parts/environment-badge.js';
import { LanguageSwitch } from './parts/language-switch.js';
import { Link } from './place/link.js';
import { usePlace } from './place/place.js';
import { useLogOut } from './session/log-out.js';
import { useUser } from './session/session.js';
import { useWords } from './texts/i18n.js';
import { ThemeSwitch } from './theme/theme-switch.js';

/** Header with the pages this person may see, and the page itself. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = useWords();
  const user = useUser();
  const { path } = usePlace();
  const logOut = useLogOut();
  useLiveUpdates();
  const menu = useRef<HTMLElement>(null);
  // On a phone the menu is wider than the window.
  useEffect(() => {
    const current = menu.current?.querySelector('[aria-current]');
    if (path !== '') current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  const pages = PAGES.filter((page) => page.inMenu && user.scopes.includes(page.scope));
  const isCurrent = (to: string) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`));
  return (
    <>
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <header className="top">
        <div className="top-line">
          <Link to="/" className="brand">
            {t('frame.app')}
          </Link>
          <EnvironmentBadge />
          <span className="who">
            <Link to="/me">{user.email}</Link> · {t(`frame.role.${user.role}`)}
          </span>
          <KeyHelp />
          <ThemeSwitch />
          <LanguageSwitch />
          <Button type="text" loading={logOut.isPending} onClick={() => logOut.mutate()}>
            {t('frame.logOut')}
          </Button>
        </div>
        <nav ref={menu} aria-label={t('frame.pages')}>
          {pages.map(({ path: to, name }) => (
            <Link key={to} to={to} current={isCurrent(to)}>
              {t(`frame.nav.${name}`)}
            </Link>
          ))}
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
