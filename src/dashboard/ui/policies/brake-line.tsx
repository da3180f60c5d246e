import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { PolicyAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { ReasonDialog } from './reason-dialog.js';

interface BrakeLineProps {
  readonly id: string;
  readonly brake: NonNullable<PolicyAnswer['brake']>;
}

/** Why a policy stopped itself, and the way out for whoever may. */
export function BrakeLine({ id, brake: { hourCount, usualCount } }: BrakeLineProps) {
  const { t } = useWords();
  const { may, mark } = useAct('policies.release');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Alert
        type="error"
        showIcon
        title={t('policy.brake.what', { hour: hourCount, usual: usualCount.toFixed(1) })}
        action={
          may && (
            <Button {...mark} onClick={() => setOpen(true)}>
              {t('policy.brake.release')}
            </Button>
          )
        }
      />
      {isOpen && (
        <ReasonDialog
          title={t('policy.brake.title', { id })}
          means={t('policy.brake.means')}
          submit={t('policy.brake.submit')}
          path={`/api/v1/policies/${id}/brake/release`}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
