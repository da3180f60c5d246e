import { useEffect, useRef, useSyncExternalStore } from 'react';

/** Every shortcut, by its name in the texts (`keys.<name>`): one character, without a modifier. */
export const SHORTCUTS = {
  search: '/',
  next: 'j',
  previous: 'k',
  help: '?',
} as const satisfies Record<string, string>;

export type Shortcut = keyof typeof SHORTCUTS;
export const SHORTCUT_NAMES = Object.keys(SHORTCUTS) as Shortcut[];

/** Who answers to a shortcut; the one that came last goes first, so that a page may take over from the frame. */
const answering = new Map<Shortcut, (() => void)[]>();

const OFF = 'jiejian-keys-off';
const listeners = new Set<() => void>();
const areOn = () => localStorage.getItem(OFF) === null;

/** Some people's speech or hands type single letters without meaning to: shortcuts can be turned off (WCAG 2.1.4). */
export function turnShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, '1');
  for (const listener of listeners) listener();
}

export function useShortcutsOn(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, areOn);
}

const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';

function isMeantForUs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.target instanceof Element && event.target.closest(TYPING)) return false;
  return document.querySelector('dialog[open]') === null && areOn();
}

function onKey(event: KeyboardEvent): void {
  const name = SHORTCUT_NAMES.find((each) => SHORTCUTS[each] === event.key);
  const answer = name && answering.get(name)?.at(-1);
  if (!answer || !isMeantForUs(event)) return;
  event.preventDefault();
  answer();
}

document.addEventListener('keydown', onKey);

/** While this component is shown, the shortcut does this. */
export function useShortcut(name: Shortcut, answer: () => void): void {
  const latest = useRef(answer);
  useEffect(() => {
    latest.current = answer;
  });
  useEffect(() => {
    const call = () => latest.current();
    answering.set(name, [...(answering.get(name) ?? []), call]);
    return () => {
      answering.set(
        name,
        (answering.get(name) ?? []).filter((each) => each !== call),
      );
    };
  }, [name]);
}
