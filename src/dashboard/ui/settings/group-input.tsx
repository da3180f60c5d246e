import { Checkbox } from 'antd';
import { useWords } from '../texts/i18n.js';
import { FieldFrame } from './field-frame.js';
import { asGroup, type OuterFieldProps } from './field-props.js';

/** The fields of a group; one that may be absent as a whole (a rate limit) is switched on first. */
export function GroupInput({ frame, Inner, ...props }: OuterFieldProps) {
  const { field, path, value, onChange, disabled, keeps } = props;
  const { t } = useWords();
  const group = asGroup(value);
  const isOff = field.nullable && !keeps && value === null;
  const set = (key: string, next: unknown) => {
    const { [key]: _, ...others } = group;
    const all = next === undefined ? others : { ...others, [key]: next };
    const mayBeAbsent = keeps || (!field.required && field.fallback === undefined);
    onChange(mayBeAbsent && Object.keys(all).length === 0 ? undefined : all);
  };
  return (
    <FieldFrame {...frame} group>
      {field.nullable && !keeps && (
        <Checkbox
          checked={!isOff}
          disabled={disabled}
          onChange={({ target }) => onChange(target.checked ? asGroup(field.fallback) : null)}
        >
          {t(isOff ? 'config.form.limitOff' : 'config.on')}
        </Checkbox>
      )}
      {!isOff && (
        <div className="form-grid">
          {(field.fields ?? []).map((inner) => (
            <Inner
              key={inner.key}
              field={inner}
              path={`${path}.${inner.key}`}
              within={field.key}
              value={group[inner.key]}
              onChange={(next) => set(inner.key, next)}
              problems={props.problems}
              disabled={disabled}
              {...(keeps ? { keeps } : {})}
            />
          ))}
        </div>
      )}
    </FieldFrame>
  );
}
