import { Checkbox, Input, Select } from 'antd';
import type { FormFieldAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { spanText } from '../time/span.js';
import { EitherInput } from './either-input.js';
import { controlAria, FieldFrame } from './field-frame.js';
import type { FieldInputProps } from './field-props.js';
import { useFieldWords } from './field-words.js';
import { GroupInput } from './group-input.js';
import { JsonInput, ListInput, MomentInput, MoneyInput, NumberInput, PairsInput } from './typed-inputs.js';

const MOMENT_KEYS = /At$|^autoFrom$/;

const empty = (field: FormFieldAnswer, value: unknown) => (field.nullable ? value : (value ?? undefined));

/** The control of a field without a frame: by the kind that its schema has. */
function Control({ field, value, onChange, problems, disabled, offers, path, keeps }: FieldInputProps) {
  const { t } = useWords();
  const words = useFieldWords();
  const aria = controlAria(`f-${path}`, problems.get(path));
  const change = (next: unknown) => onChange(empty(field, next));
  const placeholder = keeps ? { placeholder: t('config.form.keep') } : {};
  const typed = { aria, value, disabled, onChange: change, ...placeholder };
  switch (field.kind) {
    case 'boolean':
      if (keeps || field.fallback === undefined) break;
      return (
        <Checkbox
          {...aria}
          checked={value === true}
          disabled={disabled}
          onChange={({ target }) => change(target.checked)}
        >
          {t(value === true ? 'config.form.yes' : 'config.form.no')}
        </Checkbox>
      );
    case 'number':
      return field.key.endsWith('Fen') ? <MoneyInput {...typed} /> : <NumberInput {...typed} />;
    case 'list': {
      const several =
        offers ?? field.of?.choices?.map((choice) => ({ value: String(choice), label: words.choice(choice) }));
      if (!several) return <ListInput {...typed} numbers={field.of?.kind === 'number'} />;
      return (
        <Select
          {...aria}
          mode="multiple"
          className="form-choice"
          value={Array.isArray(value) ? value.map(String) : []}
          disabled={disabled}
          options={[...several]}
          {...placeholder}
          onChange={(next: string[]) => change(next.length === 0 && keeps ? null : next)}
        />
      );
    }
    case 'map':
      return field.of?.kind === 'group' ? <JsonInput {...typed} /> : <PairsInput {...typed} />;
    case 'other':
      return <JsonInput {...typed} />;
    case 'text':
      if (offers || field.key === 'platform') break;
      if (MOMENT_KEYS.test(field.key)) return <MomentInput {...typed} />;
      return (
        <Input
          {...aria}
          {...placeholder}
          type={field.key === 'from' ? 'date' : 'text'}
          value={typeof value === 'string' ? value : ''}
          disabled={disabled}
          autoComplete="off"
          onChange={({ target }) => change(target.value === '' ? null : target.value)}
        />
      );
  }
  const known = field.kind === 'boolean' ? [true, false] : (field.choices ?? []);
  const options = offers ?? known.map((choice) => ({ value: choice, label: words.choice(choice) }));
  return (
    <Select
      {...aria}
      className="form-choice"
      value={value ?? undefined}
      disabled={disabled}
      allowClear={!field.required}
      showSearch={{ optionFilterProp: 'label' }}
      options={[...options]}
      {...placeholder}
      onChange={(next: unknown) => change(next ?? null)}
    />
  );
}

/** How the field's number reads in words: ms as a span. */
function useHint({ field, value, offers }: FieldInputProps): string {
  const { t, lang } = useWords();
  const words = useFieldWords();
  const parts = [words.hint(field.key)];
  if (field.key.endsWith('Ms') && typeof value === 'number') parts.push(spanText(value, lang));
  if (field.kind === 'list' && !offers && !field.of?.choices) parts.push(t('config.form.perLine'));
  if (field.kind === 'map') parts.push(t(field.of?.kind === 'group' ? 'config.form.json' : 'config.form.pairs'));
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

/** One field of a form, whatever its kind. */
export function FieldInput(props: FieldInputProps) {
  const { field, path, problems, within = '' } = props;
  const words = useFieldWords();
  const hint = useHint(props);
  const frame = {
    id: `f-${path}`,
    label: words.label(field.key, within),
    name: field.key,
    required: field.required && !field.nullable,
    hint,
    problems: problems.get(path),
  };
  if (field.kind === 'group') return <GroupInput {...props} frame={frame} Inner={FieldInput} />;
  if (field.kind === 'either') return <EitherInput {...props} frame={frame} Inner={FieldInput} />;
  return (
    <FieldFrame {...frame} wide={field.kind === 'map' || field.kind === 'list'}>
      <Control {...props} />
    </FieldFrame>
  );
}
