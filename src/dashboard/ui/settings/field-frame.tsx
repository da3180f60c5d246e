import type { ReactNode } from 'react';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import type { Text } from '../texts/text.js';

export interface FieldFrameProps {
  /** Of the control within, which the label belongs to. */
  readonly id: string;
  readonly label: string;
  /** The key as the configuration file writes it. */
  readonly name: string;
  readonly required?: boolean;
  readonly hint?: ReactNode;
  readonly problems?: readonly Text[] | undefined;
  /** The control takes the whole line. */
  readonly wide?: boolean;
  /** A group of controls, each with its own label. */
  readonly group?: boolean;
  readonly children: ReactNode;
}

/** What a control says of itself to those who do not see it. */
export function controlAria(id: string, problems: readonly Text[] | undefined) {
  return { id, 'aria-describedby': `${id}-hint ${id}-problems`, 'aria-invalid': (problems ?? []).length > 0 } as const;
}

/** A field with its name, its help and what is wrong with it. */
export function FieldFrame({ id, label, name, required, hint, problems = [], wide, group, children }: FieldFrameProps) {
  const { lang } = useWords();
  const title = (
    <>
      {label}
      {required && <span aria-hidden="true"> *</span>} {label !== name && <code className="key">{name}</code>}
    </>
  );
  const below = (
    <>
      <p id={`${id}-hint`} className="field-hint">
        {hint}
      </p>
      <ul id={`${id}-problems`} className="field-wrong">
        {problems.map((problem) => (
          <li key={problem.en}>{sideIn(lang, problem)}</li>
        ))}
      </ul>
    </>
  );
  const className = `form-field${wide || group ? ' wide' : ''}${problems.length > 0 ? ' wrong' : ''}`;
  if (group) {
    return (
      <fieldset className={className} aria-describedby={`${id}-hint ${id}-problems`}>
        <legend>{title}</legend>
        {children}
        {below}
      </fieldset>
    );
  }
  return (
    <div className={className}>
      <label htmlFor={id}>{title}</label>
      {children}
      {below}
    </div>
  );
}
