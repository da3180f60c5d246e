import { Select } from 'antd';
import { useWords } from '../texts/i18n.js';

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface ChoiceFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string | undefined) => void;
}

/** Room for all states without scrolling, pixels. */
const LIST_HEIGHT = 448;

/** One filter with its name in front; a value from the address that is not among the choices is shown as it is. */
export function ChoiceFilter({ label, value, choices, onChange }: ChoiceFilterProps) {
  const { t } = useWords();
  return (
    <Select<string>
      className="filter"
      prefix={<span className="filter-name">{label}</span>}
      aria-label={label}
      placeholder={t('intercept.filter.all')}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      listHeight={LIST_HEIGHT}
      options={[...choices]}
      {...(value === undefined ? {} : { value })}
      onChange={(next: string | undefined) => onChange(next)}
    />
  );
}
