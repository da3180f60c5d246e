import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import { type Filters, matchOf } from '../intercepts/filters.js';
import { useWords } from '../texts/i18n.js';
import { BulkDialog } from './bulk-dialog.js';
import { BULK_NAMES, type BulkName, type Target } from './bulk-steps.js';
import { HandToReplay } from './hand-to-replay.js';

interface BulkBarProps {
  readonly ids: readonly string[];
  readonly filters: Filters;
  readonly onDone: () => void;
}

type On = 'ticked' | 'matching';

/** What can be done with the ticked rows, or with all that match the filters. */
export function BulkBar({ ids, filters, onDone }: BulkBarProps) {
  const { t } = useWords();
  const { may, mark } = useAct('intercepts.bulk');
  const [on, setOn] = useState<On>('ticked');
  const [open, setOpen] = useState<{ readonly name: BulkName; readonly target: Target } | null>(null);
  if (!may) return null;
  const target = (): Target => (on === 'ticked' ? { ids } : { match: matchOf(filters, new Date()) });
  const nothing = on === 'ticked' && ids.length === 0;
  return (
    <fieldset className="bulk" aria-label={t('bulk.region')}>
      <Segmented<On>
        aria-label={t('bulk.about')}
        value={on}
        options={[
          { value: 'ticked', label: t('bulk.ticked', { count: ids.length }) },
          { value: 'matching', label: t('bulk.matching') },
        ]}
        onChange={setOn}
      />
      {BULK_NAMES.map((name) => (
        <Button key={name} disabled={nothing} onClick={() => setOpen({ name, target: target() })} {...mark}>
          {t(`bulk.step.${name}`)}
        </Button>
      ))}
      <HandToReplay target={target} filters={filters} disabled={nothing} />
      {open && (
        <BulkDialog
          name={open.name}
          target={open.target}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOn('ticked');
            onDone();
          }}
        />
      )}
    </fieldset>
  );
}
