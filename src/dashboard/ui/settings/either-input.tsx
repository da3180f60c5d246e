import { Radio, Select } from 'antd';
import { useWords } from '../texts/i18n.js';
import { controlAria, FieldFrame } from './field-frame.js';
import { asGroup, type OuterFieldProps } from './field-props.js';

/** A word of its own, or something longer: `"*"` or a list of shops, `"forecast"` or a time. */
export function EitherInput({ frame, Inner, ...props }: OuterFieldProps) {
  const { field, path, value, onChange, problems, disabled, offers } = props;
  const { t } = useWords();
  const forms = field.fields ?? [];
  const word = forms.find(({ kind }) => kind === 'choice')?.choices?.[0];
  const other = forms.find(({ kind }) => kind !== 'choice');
  const isWord = word !== undefined && value === word;
  const begin = other?.kind === 'list' ? [] : {};
  const isList = other?.kind === 'list';
  return (
    <FieldFrame {...frame} group>
      <Radio.Group
        disabled={disabled}
        value={isWord ? 'word' : 'other'}
        options={[
          { value: 'word', label: t(isList ? 'config.form.all' : 'config.form.forecast') },
          { value: 'other', label: t(isList ? 'config.form.these' : 'config.form.after') },
        ]}
        onChange={({ target }) => onChange(target.value === 'word' ? word : begin)}
      />
      {!isWord && isList && (
        <Select
          {...controlAria(`f-${path}-list`, problems.get(path))}
          aria-label={frame.label}
          mode="multiple"
          className="form-choice"
          disabled={disabled}
          value={Array.isArray(value) ? value.map(String) : []}
          options={[...(offers ?? [])]}
          onChange={(next: string[]) => onChange(next)}
        />
      )}
      {!isWord &&
        !isList &&
        (other?.fields ?? []).map((inner) => (
          <Inner
            key={inner.key}
            field={inner}
            path={`${path}.${inner.key}`}
            value={asGroup(value)[inner.key]}
            onChange={(next) => onChange({ ...asGroup(value), [inner.key]: next })}
            problems={problems}
            disabled={disabled}
          />
        ))}
    </FieldFrame>
  );
}
