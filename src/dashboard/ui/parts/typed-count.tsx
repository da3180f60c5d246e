import { Form, Input } from 'antd';
import { useWords } from '../texts/i18n.js';

/** From this many on a person types the number before anything is done. */
const TYPED_OVER = 100;

interface TypedCountProps {
  /** What would be done. */
  readonly count: number;
}

/** Asks for the number to be typed where it is large: a field of the form around it, absent where it is small. */
export function TypedCount({ count }: TypedCountProps) {
  const { t } = useWords();
  if (count <= TYPED_OVER) return null;
  const wrong = t('replay.typed.wrong', { count });
  return (
    <Form.Item
      name="typedCount"
      label={t('replay.typed.label', { count })}
      rules={[
        {
          required: true,
          validator: (_, text: string | undefined) =>
            text?.trim() === String(count) ? Promise.resolve() : Promise.reject(wrong),
        },
      ]}
    >
      <Input inputMode="numeric" autoComplete="off" maxLength={9} />
    </Form.Item>
  );
}
