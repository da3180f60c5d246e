import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import type { AfterSaleAnswer, Page } from '../http/answers.js';
import { call } from '../http/client.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { useWords } from '../texts/i18n.js';

interface FillInProps {
  /** The after-sale number in the form. */
  readonly wanted: () => string;
  readonly onKnown: (known: AfterSaleAnswer) => void;
}

/** Reads what the platform has told of an after-sale, so that nobody types 19 digits twice. */
export function FillIn({ wanted, onKnown }: FillInProps) {
  const { t } = useWords();
  const search = useMutation({
    mutationFn: async (afterSaleId: string) => {
      const found = await call<Page<AfterSaleAnswer>>(
        'GET',
        `/api/v1/after-sales?q=${encodeURIComponent(afterSaleId)}`,
      );
      return found.items.find((item) => item.afterSaleId === afterSaleId) ?? null;
    },
    onSuccess: (known) => known && onKnown(known),
  });
  const start = () => {
    const afterSaleId = wanted();
    if (afterSaleId !== '') search.mutate(afterSaleId);
  };
  return (
    <div className="fill-in">
      <Button onClick={start} loading={search.isPending}>
        {t('start.fill')}
      </Button>
      <span role="status">{search.data === null && t('start.fillNothing')}</span>
      {search.error && <ProblemAlert problem={search.error} />}
    </div>
  );
}
