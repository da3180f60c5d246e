import { Alert } from 'antd';
import type { ConfigAnswer, FormFieldAnswer, FormsAnswer } from '../http/answers.js';
import { courierName } from '../parts/couriers.js';
import { platformName } from '../parts/platforms.js';
import { useWords } from '../texts/i18n.js';
import { type Draft, type FieldProblems, keepsKeys, type RowStart } from './draft.js';
import { FieldInput } from './field-input.js';
import { asGroup, type Offer } from './field-props.js';
import type { Section } from './parts.js';
import { SecretInput } from './secret-input.js';

export interface RowFormProps {
  readonly section: Section;
  readonly config: ConfigAnswer;
  readonly forms: FormsAnswer;
  readonly start: RowStart;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly problems: FieldProblems;
  readonly disabled: boolean;
}

/** Parts of a row that are secret as one text, and those that are groups of secrets. */
const SECRET_TEXTS: Readonly<Partial<Record<Section, readonly string[]>>> = {
  notifications: ['url', 'secret'],
  endpoints: ['secret'],
};
const SECRET_GROUPS = ['credentials', 'returnAddress'];
/** What a row is known by stays. */
const FIXED = ['id', 'platform', 'carrier', 'from'];
/** Fields that everybody looks at, though they have defaults. */
const SHOWN = ['channel', 'intake', 'serves', 'rateLimit', 'concurrency', 'enabled', 'auto', 'rawDays', 'personalDays'];

/** What the configuration itself offers for a field. */
function useOffers({ section, config, forms, draft }: RowFormProps): (key: string) => readonly Offer[] | undefined {
  const { lang } = useWords();
  const couriers = Object.keys(forms.carriers).map((value) => ({ value, label: courierName(value, lang) }));
  const shops = config.shops.map(({ id, row }) => ({ value: id, label: `${String(row.name)} ${id}` }));
  return (key) => {
    if (key === 'platform') {
      return Object.keys(forms.platforms).map((value) => ({ value, label: platformName(value, lang) }));
    }
    if (key === 'policy') return config.policies.map(({ id }) => ({ value: id, label: id }));
    if (key === 'shops') return shops;
    if (key === 'carrier') return section === 'policies' ? undefined : couriers;
    if (key !== 'serves') return undefined;
    const fronted = forms.carriers[String(draft.carrier)]?.serves ?? [];
    return fronted.map((value) => ({ value, label: courierName(value, lang) }));
  };
}

/** The credentials that the platform or courier of this row asks for. */
function credentialFields({ section, forms, draft }: RowFormProps): readonly FormFieldAnswer[] {
  if (section === 'shops') return forms.platforms[String(draft.platform)]?.credentials ?? [];
  if (section === 'carrierAccounts') return forms.carriers[String(draft.carrier)]?.credentials ?? [];
  return [];
}

interface SecretGroupProps {
  readonly form: RowFormProps;
  readonly part: string;
  readonly fields: readonly FormFieldAnswer[];
  readonly set: readonly string[];
}

function SecretGroup({ form, part, fields, set }: SecretGroupProps) {
  const { t } = useWords();
  const group = asGroup(form.draft[part]);
  const change = (key: string, value: unknown) =>
    form.onChange({
      ...form.draft,
      [part]: Object.fromEntries([...Object.entries({ ...group, [key]: value })].filter(([, v]) => v !== undefined)),
    });
  const input = (field: FormFieldAnswer) => (
    <SecretInput
      key={field.key}
      field={field}
      path={`${part}.${field.key}`}
      isSet={set.includes(field.key)}
      value={group[field.key]}
      onChange={(value) => change(field.key, value)}
      problems={form.problems}
      disabled={form.disabled}
    />
  );
  const isWrong = ({ key }: FormFieldAnswer) =>
    [...form.problems.keys()].some((path) => path.startsWith(`${part}.${key}`));
  const first = part === 'credentials' ? fields.filter(({ required }) => required) : fields;
  const more = fields.filter((field) => !first.includes(field));
  return (
    <>
      <div className="form-grid">{first.map(input)}</div>
      {more.length > 0 && (
        <details className="more" open={more.some(isWrong)}>
          <summary>{t('config.form.moreKeys', { count: more.length })}</summary>
          <div className="form-grid">{more.map(input)}</div>
        </details>
      )}
    </>
  );
}

/** The form of a row, made from its schema: what must be said first, the rest behind a fold, secrets apart. */
export function RowForm(form: RowFormProps) {
  const { section, forms, start, draft, onChange, problems, disabled } = form;
  const { t } = useWords();
  const offers = useOffers(form);
  const secretTexts = SECRET_TEXTS[section] ?? [];
  const fronts = (forms.carriers[String(draft.carrier)]?.serves ?? []).length > 0;
  const plain = forms.sections[section]
    .filter(({ key }) => !SECRET_GROUPS.includes(key) && !secretTexts.includes(key))
    .filter(({ key }) => key !== 'serves' || fronts);
  const isFirst = ({ key, required }: FormFieldAnswer) => required || SHOWN.includes(key);
  const isWrong = ({ key }: FormFieldAnswer) => [...problems.keys()].some((path) => path.split(/[.[]/, 1)[0] === key);
  const field = (one: FormFieldAnswer) => {
    const choices = offers(one.key);
    return (
      <FieldInput
        key={one.key}
        field={one}
        path={one.key}
        value={draft[one.key]}
        onChange={(value) => onChange({ ...draft, [one.key]: value })}
        problems={problems}
        disabled={disabled || (!start.isNew && FIXED.includes(one.key))}
        offers={choices}
      />
    );
  };
  const isNeeded = (key: string) => forms.sections[section].find((one) => one.key === key)?.required ?? true;
  const keeps = keepsKeys(start.draft, draft);
  const keys = credentialFields(form);
  const address = forms.sections[section].find(({ key }) => key === 'returnAddress');
  const more = plain.filter((one) => !isFirst(one));
  return (
    <>
      <div className="form-grid">
        {plain.filter(isFirst).map(field)}
        {secretTexts.map((key) => (
          <SecretInput
            key={key}
            field={{ key, kind: 'text', required: isNeeded(key), nullable: false }}
            path={key}
            isSet={(start.set[key] ?? []).length > 0}
            value={draft[key]}
            onChange={(value) => onChange({ ...draft, [key]: value })}
            problems={problems}
            disabled={disabled}
          />
        ))}
      </div>
      {keys.length > 0 && (
        <section className="keys" aria-labelledby="keys-title">
          <h3 id="keys-title">{t('config.form.credentials')}</h3>
          {!start.isNew && !keeps && <Alert type="warning" showIcon title={t('config.form.addressChanged')} />}
          <p className="muted">{t('config.form.writeOnly')}</p>
          <SecretGroup form={form} part="credentials" fields={keys} set={keeps ? (start.set.credentials ?? []) : []} />
        </section>
      )}
      {(more.length > 0 || address) && (
        <details className="more" open={more.some(isWrong)}>
          <summary>{t('config.form.more', { count: more.length + (address ? 1 : 0) })}</summary>
          <div className="form-grid">{more.map(field)}</div>
          {address && (
            <fieldset className="form-field wide">
              <legend>{t('field.returnAddress')}</legend>
              <p className="muted">{t('config.form.writeOnly')}</p>
              <SecretGroup
                form={form}
                part="returnAddress"
                fields={address.fields ?? []}
                set={start.set.returnAddress ?? []}
              />
            </fieldset>
          )}
        </details>
      )}
    </>
  );
}
