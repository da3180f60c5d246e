import { Button } from 'antd';
import { CopyButton } from '../parts/copy-button.js';
import { Dialog } from '../parts/dialog.js';
import { useWords } from '../texts/i18n.js';

interface ShownOnceProps {
  readonly title: string;
  readonly about: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** A password or a token, which nobody can read again. */
export function ShownOnce({ title, about, secret, onClose }: ShownOnceProps) {
  const { t } = useWords();
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{about}</p>
      <p className="secret-once">
        <code>{secret}</code> <CopyButton text={secret} />
      </p>
      <p className="muted">{t('people.once')}</p>
      <div className="dialog-actions">
        <Button type="primary" onClick={onClose}>
          {t('frame.act.close')}
        </Button>
      </div>
    </Dialog>
  );
}
