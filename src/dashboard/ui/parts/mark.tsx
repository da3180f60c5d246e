import type { ReactNode } from 'react';

/** How a state feels. The sign before the text differs too: colour is never the only one. */
export type Tone = 'wait' | 'busy' | 'good' | 'ask' | 'bad' | 'over';

const SIGNS = { wait: '◌', busy: '●', good: '✓', ask: '!', bad: '✕', over: '–' } as const satisfies Record<
  Tone,
  string
>;

export function Mark({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={`mark mark-${tone}`}>
      <span aria-hidden="true" className="mark-sign">
        {SIGNS[tone]}
      </span>
      {children}
    </span>
  );
}
