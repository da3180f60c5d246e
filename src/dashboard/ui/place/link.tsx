import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router';

interface LinkProps {
  readonly to: string;
  readonly current?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A real link that changes the page in place; opening it in a new tab works as everywhere. */
export function Link({ to, current = false, className = '', children }: LinkProps) {
  return (
    <RouterLink to={to} className={className} aria-current={current ? 'page' : undefined}>
      {children}
    </RouterLink>
  );
}
