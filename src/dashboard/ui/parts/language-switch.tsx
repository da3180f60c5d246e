import { Button } from 'antd';
import { useWords } from '../texts/i18n.js';

/** Offers the other language, by its own name. */
export function LanguageSwitch() {
  const { t, lang, change } = useWords();
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" className="language" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => change(other)}>
      {t('frame.language')}
    </Button>
  );
}
