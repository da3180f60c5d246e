import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../texts/i18n.js';

/** The name of the page in the browser's tab. */
export function useTitle(title: string): void {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · ${t('frame.app')}`;
  }, [title, t]);
}

interface PageHeadProps {
  readonly title: string;
  /** Stands beside the title: the age of the figures, a count. */
  readonly beside?: ReactNode;
  readonly about?: string;
}

/** Title of a page. It takes the focus when the page changes, so that a screen reader reads on from there. */
export function PageHead({ title, beside, about }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(title);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header className="page-head">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <span className="page-head-beside">{beside}</span>
      {about && <p className="about">{about}</p>}
    </header>
  );
}
