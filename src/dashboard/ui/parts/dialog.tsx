import { Button, ConfigProvider } from 'antd';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../texts/i18n.js';
import { ProblemAlert } from './problem-alert.js';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * The browser's own modal dialog: it keeps the focus inside, makes the page behind it inert and closes with Escape.
 * (antd's writes a style element without a nonce, which our content policy refuses.)
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={name} onClose={onClose}>
      <h2 id={name}>{title}</h2>
      <ConfigProvider getPopupContainer={() => dialog.current ?? document.body}>{children}</ConfigProvider>
    </dialog>
  );
}

interface DialogActionsProps {
  readonly submit: string;
  readonly busy: boolean;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly problem: Error | null;
  readonly onCancel: () => void;
  /** Absent: the button submits the form around it. */
  readonly onSubmit?: () => void;
}

/** The two ways out of a dialog, and why the last try failed. */
export function DialogActions({ submit, busy, danger, disabled, problem, onCancel, onSubmit }: DialogActionsProps) {
  const { t } = useWords();
  return (
    <>
      {problem && <ProblemAlert problem={problem} />}
      <div className="dialog-actions">
        <Button onClick={onCancel}>{t('frame.act.cancel')}</Button>
        <Button
          type="primary"
          danger={danger ?? false}
          disabled={disabled ?? false}
          loading={busy}
          {...(onSubmit ? { onClick: onSubmit } : { htmlType: 'submit' as const })}
        >
          {submit}
        </Button>
      </div>
    </>
  );
}
