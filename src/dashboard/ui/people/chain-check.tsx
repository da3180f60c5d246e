import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useAct } from '../actions/use-act.js';
import type { ChainCheckAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';

/** Walks the chain when it is asked to, and says whether it is whole. */
export function ChainCheck() {
  const { t } = useWords();
  const { may, mark } = useAct('audit.check');
  const check = useMutation({ mutationFn: () => call<ChainCheckAnswer>('GET', '/api/v1/audit/check') });
  const found = check.data;
  const text = () => {
    if (!found || found.ok) return t('audit.check.ok', { rows: found?.rows ?? 0 });
    const why = found.why === null ? '' : t(`audit.check.why.${found.why}`);
    return t('audit.check.broken', { row: found.brokenAt ?? t('audit.check.end'), why });
  };
  if (!may) return null;
  return (
    <div className="chain-check">
      <Button {...mark} loading={check.isPending} onClick={() => check.mutate()}>
        {t('audit.check.button')}
      </Button>
      {check.error && <ProblemAlert problem={check.error} />}
      {found && (
        <Alert
          type={found.ok ? 'success' : 'error'}
          showIcon
          role="status"
          title={
            <>
              {text()} <Ago at={found.checkedAt} />
            </>
          }
        />
      )}
    </div>
  );
}
