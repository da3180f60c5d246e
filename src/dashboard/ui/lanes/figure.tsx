import type { ReactNode } from 'react';

interface FigureProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly alarming?: boolean;
}

/** One figure of a lane, with its name. */
export function Figure({ name, children, alarming }: FigureProps) {
  return (
    <div className={alarming ? 'lane-figure alarming' : 'lane-figure'}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
