import { CopyButton } from '../parts/copy-button.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import type { Text } from '../texts/text.js';

interface CallTextProps {
  /** The text for the branch, without phone and address (R69, R78); null: nobody is called. */
  readonly script: Text | null;
}

/** A text to read out or to send to the branch. It is meant for a Chinese branch, whatever language the page is in. */
export function CallText({ script }: CallTextProps) {
  const { t, lang } = useWords();
  if (script === null) return null;
  return (
    <figure className="call">
      <figcaption>
        {t('task.readyText')} <CopyButton text={script.zh} />
      </figcaption>
      <blockquote lang="zh-CN">{script.zh}</blockquote>
      {lang === 'en' && <p className="muted">{sideIn(lang, script)}</p>}
    </figure>
  );
}
