import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { Dialog } from '../parts/dialog.js';
import { useWords } from '../texts/i18n.js';
import { chooseColumns, useChosenColumns } from './chosen-columns.js';
import { ALWAYS, COLUMN_NAMES, type ColumnName } from './columns.js';

/** Which columns the list shows; kept by this browser. */
export function ColumnChooser() {
  const { t } = useWords();
  const chosen = useChosenColumns();
  const [open, setOpen] = useState(false);
  const turn = (name: ColumnName, on: boolean) =>
    chooseColumns(COLUMN_NAMES.filter((each) => (each === name ? on : chosen.includes(each))));
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('list.columns')}</Button>
      {open && (
        <Dialog title={t('list.columnsTitle')} onClose={() => setOpen(false)}>
          <div className="column-choices">
            {COLUMN_NAMES.map((name) => (
              <Checkbox
                key={name}
                checked={chosen.includes(name)}
                disabled={name === ALWAYS}
                onChange={({ target }) => turn(name, target.checked)}
              >
                {t(`list.column.${name}`)}
              </Checkbox>
            ))}
          </div>
          <div className="dialog-actions">
            <Button onClick={() => chooseColumns(null)}>{t('list.columnsUsual')}</Button>
            <Button type="primary" onClick={() => setOpen(false)}>
              {t('frame.act.close')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
