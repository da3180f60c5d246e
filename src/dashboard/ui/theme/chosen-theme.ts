import { useSyncExternalStore } from 'react';

/** What a person may choose; `system`: as the device says, also when it changes its mind at dusk. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
/** What is shown. */
export type Scheme = Exclude<Theme, 'system'>;

const KEPT_AS = 'jiejian-theme';
const DARK = matchMedia('(prefers-color-scheme: dark)');

const isTheme = (word: string | null): word is Theme => THEMES.some((theme) => theme === word);

function kept(): Theme {
  const word = localStorage.getItem(KEPT_AS);
  return isTheme(word) ? word : 'system';
}

let chosen = kept();
const listeners = new Set<() => void>();

function scheme(): Scheme {
  if (chosen !== 'system') return chosen;
  return DARK.matches ? 'dark' : 'light';
}

/** Tells the styles which colours to use (style/colours.css); called before the first paint and with each change. */
export function markTheme(): void {
  document.documentElement.dataset.theme = scheme();
}

function changed(): void {
  markTheme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

DARK.addEventListener('change', changed);
// Another tab of this browser chose.
window.addEventListener('storage', ({ key }) => {
  if (key !== KEPT_AS) return;
  chosen = kept();
  changed();
});

/** Keeps the choice for this and the next visits. */
export function chooseTheme(theme: Theme): void {
  chosen = theme;
  localStorage.setItem(KEPT_AS, theme);
  changed();
}

export function useChosenTheme(): Theme {
  return useSyncExternalStore(subscribe, () => chosen);
}

/** Light or dark, as it is shown at this moment. */
export function useScheme(): Scheme {
  return useSyncExternalStore(subscribe, scheme);
}
