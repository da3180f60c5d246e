import { Input } from 'antd';
import { useId } from 'react';

interface ReasonInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Why somebody does it: it stands in the audit log beside what he did. */
export function ReasonInput({ label, value, onChange }: ReasonInputProps) {
  const id = useId();
  return (
    <div className="reason">
      <label htmlFor={id}>{label}</label>
      <Input id={id} value={value} maxLength={500} onChange={({ target }) => onChange(target.value)} />
    </div>
  );
}
