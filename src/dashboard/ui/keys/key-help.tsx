import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { Dialog } from '../parts/dialog.js';
import { useWords } from '../texts/i18n.js';
import { moveRow } from './rows.js';
import { focusSearch } from './search-field.js';
import { SHORTCUT_NAMES, SHORTCUTS, turnShortcuts, useShortcut, useShortcutsOn } from './shortcuts.js';

/** The shortcuts that work on every page, and a button that lists them. */
export function KeyHelp() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const on = useShortcutsOn();
  useShortcut('search', focusSearch);
  useShortcut('next', () => moveRow(1));
  useShortcut('previous', () => moveRow(-1));
  useShortcut('help', () => setOpen(true));
  return (
    <>
      <Button type="text" aria-label={t('keys.title')} title={t('keys.title')} onClick={() => setOpen(true)}>
        ?
      </Button>
      {open && (
        <Dialog title={t('keys.title')} onClose={() => setOpen(false)}>
          <table className="plain keys">
            <tbody>
              {SHORTCUT_NAMES.map((name) => (
                <tr key={name}>
                  <th scope="row">
                    <kbd>{SHORTCUTS[name]}</kbd>
                  </th>
                  <td>{t(`keys.${name}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Checkbox checked={on} onChange={({ target }) => turnShortcuts(target.checked)}>
            {t('keys.on')}
          </Checkbox>
          <div className="dialog-actions">
            <Button onClick={() => setOpen(false)}>{t('frame.act.close')}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
