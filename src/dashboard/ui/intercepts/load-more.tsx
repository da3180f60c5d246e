import { Button } from 'antd';
import { useWords } from '../texts/i18n.js';

interface LoadMoreProps {
  readonly count: number;
  readonly hasMore: boolean;
  readonly busy: boolean;
  readonly onMore: () => void;
}

/** The end of a list: more of it, or that this was all. */
export function LoadMore({ count, hasMore, busy, onMore }: LoadMoreProps) {
  const { t } = useWords();
  if (count === 0) return null;
  return (
    <p className="list-end">
      {hasMore ? (
        <Button loading={busy} onClick={onMore}>
          {t('frame.act.more')}
        </Button>
      ) : (
        <span className="muted">{t('frame.act.noMore', { count })}</span>
      )}
    </p>
  );
}
