import { Checkbox, Input } from 'antd';
import type { FormFieldAnswer } from '../http/answers.js';
import { Mark } from '../parts/mark.js';
import { useWords } from '../texts/i18n.js';
import type { FieldProblems } from './draft.js';
import { controlAria, FieldFrame } from './field-frame.js';
import { FieldInput } from './field-input.js';
import { useFieldWords } from './field-words.js';

interface SecretInputProps {
  readonly field: FormFieldAnswer;
  readonly path: string;
  /** Is one stored? */
  readonly isSet: boolean;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly problems: FieldProblems;
  readonly disabled: boolean;
}

/** Texts that nobody should read over a shoulder. */
const HIDDEN = /secret|token|password|word|salt|private|^key$|key$/i;

/** A field that is written and never read: whether it is set, what replaces it, and a way to take it away. */
export function SecretInput({ field, path, isSet, value, onChange, problems, disabled }: SecretInputProps) {
  const { t } = useWords();
  const words = useFieldWords();
  const cleared = value === null;
  const mark = <Mark tone={isSet ? 'good' : 'over'}>{t(isSet ? 'config.form.set' : 'config.form.unset')}</Mark>;
  const clear = isSet && !field.required && !disabled && (
    <Checkbox checked={cleared} onChange={({ target }) => onChange(target.checked ? null : undefined)}>
      {t('config.form.clear')}
    </Checkbox>
  );
  if (field.kind !== 'text') {
    return (
      <div className="secret wide">
        <FieldInput
          field={{ ...field, required: field.required && !isSet, nullable: false }}
          path={path}
          value={cleared ? undefined : value}
          onChange={onChange}
          problems={problems}
          disabled={disabled || cleared}
          keeps
        />
        <p className="secret-state">
          {mark} {clear}
        </p>
      </div>
    );
  }
  const id = `f-${path}`;
  const isHidden = HIDDEN.test(field.key);
  const input = {
    ...controlAria(id, problems.get(path)),
    value: typeof value === 'string' ? value : '',
    disabled: disabled || cleared,
    placeholder: isSet ? t('config.form.keep') : '',
    autoComplete: isHidden ? 'new-password' : 'off',
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value === '' ? undefined : target.value),
  };
  return (
    <FieldFrame
      id={id}
      label={words.label(field.key)}
      name={field.key}
      required={field.required && !isSet}
      hint={
        <>
          {mark} {words.hint(field.key)} {clear}
        </>
      }
      problems={problems.get(path)}
    >
      {isHidden ? <Input type="password" {...input} /> : <Input {...input} />}
    </FieldFrame>
  );
}
