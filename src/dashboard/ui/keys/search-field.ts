import { go } from '../place/place.js';

/** The search box of a page stands in a `search` element. */
const FIELD = 'main search input';
/** The page that has one for everything. */
const SEARCH_PAGE = '/intercepts';
const GIVE_UP_MS = 5_000;

function focusField(): boolean {
  const field = document.querySelector<HTMLInputElement>(FIELD);
  field?.focus();
  field?.select();
  return field !== null;
}

/** Puts the cursor into the search box: this page's, else that of the list of intercepts. */
export function focusSearch(): void {
  if (focusField()) return;
  go(SEARCH_PAGE);
  const watch = new MutationObserver(() => {
    if (focusField()) watch.disconnect();
  });
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), GIVE_UP_MS);
}
