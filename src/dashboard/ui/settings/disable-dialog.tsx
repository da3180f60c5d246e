import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { ConfigChangesAnswer } from '../http/answers.js';
import { Problem } from '../http/problem.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { Meanwhile } from './moved.js';
import type { RowSection } from './parts.js';
import { ReasonInput } from './reason-input.js';

export interface RowToDisable {
  readonly section: RowSection;
  readonly id: string;
  readonly version: number;
  /** What will happen, in numbers. */
  readonly what: string;
}

interface DisableDialogProps {
  readonly row: RowToDisable;
  readonly onClose: () => void;
}

/** Asks before a row is switched off: what that means in numbers, and why. */
function DisableDialog({ row: { section, id, version, what }, onClose }: DisableDialogProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const step = useStep<object, ConfigChangesAnswer>('POST', '/api/v1/config/changes', onClose);
  const name = { what: t(`config.section.${section}`), id };
  return (
    <Dialog title={t('config.disable.title', name)} onClose={onClose}>
      <p>{what}</p>
      <ReasonInput label={t('config.disable.reason')} value={reason} onChange={setReason} />
      {step.error instanceof Problem && <Meanwhile problem={step.error} />}
      <DialogActions
        submit={t('config.disable.submit')}
        busy={step.isPending}
        danger
        problem={step.error}
        onCancel={onClose}
        onSubmit={() => step.mutate({ version, disable: [{ section, id }], reason })}
      />
    </Dialog>
  );
}

/** The button that switches a row off, for whoever may. */
export function DisableButton({ row }: { readonly row: RowToDisable }) {
  const { t } = useWords();
  const { may, mark } = useAct('settings.disable');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button {...mark} onClick={() => setOpen(true)}>
        {t('config.disable.button')}
      </Button>
      {open && <DisableDialog row={row} onClose={() => setOpen(false)} />}
    </>
  );
}
