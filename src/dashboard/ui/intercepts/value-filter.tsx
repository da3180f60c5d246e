import { Input } from 'antd';
import { useState } from 'react';
import { fenOf } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';

interface ValueFilterProps {
  readonly min: string | undefined;
  readonly max: string | undefined;
  readonly onChange: (min: string, max: string) => void;
}

const fits = (text: string) => text.trim() === '' || fenOf(text) !== null;

/** What the goods are worth, from and to, in yuan; taken over on Enter and when the field is left. */
export function ValueFilter({ min = '', max = '', onChange }: ValueFilterProps) {
  const { t } = useWords();
  const [from, setFrom] = useState(min);
  const [to, setTo] = useState(max);
  const take = () => {
    if (fits(from) && fits(to) && (from.trim() !== min || to.trim() !== max)) onChange(from.trim(), to.trim());
  };
  const field = (label: string, value: string, set: (text: string) => void) => (
    <Input
      className="filter-value"
      aria-label={label}
      placeholder={label}
      inputMode="decimal"
      maxLength={10}
      value={value}
      status={fits(value) ? '' : 'error'}
      onChange={({ target }) => set(target.value)}
      onBlur={take}
      onPressEnter={take}
    />
  );
  return (
    <span className="filter-range">
      {field(t('list.valueFrom'), from, setFrom)}
      <span aria-hidden="true">–</span>
      {field(t('list.valueTo'), to, setTo)}
    </span>
  );
}
