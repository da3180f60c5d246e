import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from '../texts/i18n.js';

const SHOWN_MS = 2_000;

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text }: { readonly text: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button size="small" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
      <span role="status">{copied ? t('frame.act.copied') : t('frame.act.copy')}</span>
    </Button>
  );
}
