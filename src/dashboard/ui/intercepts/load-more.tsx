import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { useWords } from '../texts/i18n.js';

interface LoadMoreProps {
  /** Rows that are shown. */
  readonly count: number;
  readonly query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
}

/** The end of a list: more of it, or that this was all. */
export function LoadMore({ count, query }: LoadMoreProps) {
  const { t } = useWords();
  if (count === 0) return null;
  return (
    <p className="list-end">
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('frame.act.more')}
        </Button>
      ) : (
        <span className="muted">{t('frame.act.noMore', { count })}</span>
      )}
    </p>
  );
}
