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
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <span>
      <Button size="small" onClick={copy}>
        {t('frame.act.copy')}
      </Button>
      <span role="status" className="copied">
        {copied && t('frame.act.copied')}
      </span>
    </span>
  );
}
