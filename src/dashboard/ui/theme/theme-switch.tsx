import { useWords } from '../texts/i18n.js';
import { chooseTheme, THEMES, type Theme, useChosenTheme } from './chosen-theme.js';

/** Light, dark, or as the device says. The browser's own list: small, and known to every screen reader. */
export function ThemeSwitch() {
  const { t } = useWords();
  const chosen = useChosenTheme();
  return (
    <select
      className="theme-switch"
      aria-label={t('frame.theme.label')}
      value={chosen}
      onChange={({ target }) => chooseTheme(THEMES.find((theme) => theme === target.value) ?? 'system')}
    >
      {THEMES.map((theme: Theme) => (
        <option key={theme} value={theme}>
          {t(`frame.theme.${theme}`)}
        </option>
      ))}
    </select>
  );
}
