import { useId } from 'react';

interface FileFieldProps {
  readonly label: string;
  /** Endings of its name, as the browser wants them. */
  readonly accept: string;
  readonly onChoose: (file: File | null) => void;
}

/** One file of this machine. */
export function FileField({ label, accept, onChoose }: FileFieldProps) {
  const id = useId();
  return (
    <span className="file-field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="file" accept={accept} onChange={(event) => onChoose(event.target.files?.[0] ?? null)} />
    </span>
  );
}

interface SendingProps {
  readonly label: string;
  /** 0 to 1. */
  readonly sent: number;
  readonly text: string;
}

/** How far a file is on its way. */
export function Sending({ label, sent, text }: SendingProps) {
  return (
    <>
      <progress value={sent} max={1} aria-label={label} />
      <span role="status">{text}</span>
    </>
  );
}
