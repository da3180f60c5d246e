import { Button, Input } from 'antd';
import { useState } from 'react';
import { fenOf } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';

interface TypedProps {
  readonly aria: { readonly id: string };
  readonly value: unknown;
  readonly disabled: boolean;
  readonly placeholder?: string;
  /** null: nothing is typed. What cannot be read is given on as it was typed: the server says what is wrong with it. */
  readonly onChange: (value: unknown) => void;
}

interface KeptTextProps extends TypedProps {
  readonly show: (value: unknown) => string;
  readonly read: (text: string) => unknown;
  readonly inputMode?: 'numeric' | 'decimal';
}

/** A text that stands for something else, kept as it is typed until it can be read. */
function KeptText({ aria, value, disabled, placeholder, onChange, show, read, inputMode }: KeptTextProps) {
  const [text, setText] = useState(() => show(value));
  return (
    <Input
      {...aria}
      value={text}
      disabled={disabled}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(inputMode === undefined ? {} : { inputMode })}
      onChange={({ target }) => {
        setText(target.value);
        onChange(target.value.trim() === '' ? null : read(target.value.trim()));
      }}
    />
  );
}

const asText = (value: unknown) => (value === null || value === undefined ? '' : String(value));

export function NumberInput(props: TypedProps) {
  const read = (text: string) => (/^-?\d{1,15}$/.test(text) ? Number(text) : text);
  return <KeptText {...props} show={asText} read={read} inputMode="numeric" />;
}

/** Yuan with two decimals before the reader, fen behind. */
export function MoneyInput(props: TypedProps) {
  const show = (value: unknown) => (typeof value === 'number' ? (value / 100).toFixed(2) : asText(value));
  return <KeptText {...props} show={show} read={(text) => fenOf(text) ?? text} inputMode="decimal" />;
}

/** `2026-11-22T16:00` on the clock of whoever looks. */
function localText(value: unknown): string {
  const at = new Date(typeof value === 'string' ? value : Number.NaN);
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** A moment on the clock of whoever looks; stored with its zone. */
export function MomentInput({ aria, value, disabled, onChange }: TypedProps) {
  const { t } = useWords();
  return (
    <span className="with-button">
      <Input
        {...aria}
        type="datetime-local"
        value={localText(value)}
        disabled={disabled}
        onChange={({ target }) => onChange(target.value === '' ? null : new Date(target.value).toISOString())}
      />
      {!disabled && <Button onClick={() => onChange(new Date().toISOString())}>{t('config.form.now')}</Button>}
    </span>
  );
}

interface LinesProps extends TypedProps {
  readonly show: (value: unknown) => string;
  readonly read: (text: string) => unknown;
}

function LinesInput({ aria, value, disabled, placeholder, onChange, show, read }: LinesProps) {
  const [text, setText] = useState(() => show(value));
  return (
    <Input.TextArea
      {...aria}
      className="lines"
      value={text}
      disabled={disabled}
      rows={Math.min(10, Math.max(2, text.split('\n').length))}
      {...(placeholder === undefined ? {} : { placeholder })}
      onChange={({ target }) => {
        setText(target.value);
        onChange(target.value.trim() === '' ? null : read(target.value));
      }}
    />
  );
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A list, one a line. */
export function ListInput({ numbers, ...props }: TypedProps & { readonly numbers: boolean }) {
  const read = (text: string) =>
    linesOf(text).map((line) => (numbers && /^-?\d{1,15}$/.test(line) ? Number(line) : line));
  return <LinesInput {...props} show={(value) => (Array.isArray(value) ? value.join('\n') : '')} read={read} />;
}

/** Names and values, `name = value` a line. */
export function PairsInput(props: TypedProps) {
  const show = (value: unknown) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([key, of]) => `${key} = ${String(of)}`)
          .join('\n')
      : '';
  const read = (text: string) =>
    Object.fromEntries(
      linesOf(text).map((line) => {
        const at = line.lastIndexOf('=');
        return at === -1 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
    );
  return <LinesInput {...props} show={show} read={read} />;
}

/** What no other control can show. */
export function JsonInput(props: TypedProps) {
  const show = (value: unknown) => (value === null || value === undefined ? '' : JSON.stringify(value, null, 2));
  const read = (text: string): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  };
  return <LinesInput {...props} show={show} read={read} />;
}
