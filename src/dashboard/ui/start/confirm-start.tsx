import { Dialog, DialogActions } from '../parts/dialog.js';
import { yuan } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';
import type { StartRequest } from './request.js';

interface ConfirmStartProps {
  readonly request: StartRequest;
  readonly fees: ReadonlyMap<string, number>;
  readonly busy: boolean;
  readonly problem: Error | null;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** What is about to be asked and what it may cost, before it is asked (R20). */
export function ConfirmStart({ request, fees, busy, problem, onClose, onConfirm }: ConfirmStartProps) {
  const { t } = useWords();
  const { afterSaleId, parcels } = request;
  const known = parcels.map(({ carrier }) => fees.get(carrier));
  const sum = known.reduce<number>((total, fee) => total + (fee ?? 0), 0);
  return (
    <Dialog title={t('start.confirm.title')} onClose={onClose}>
      <p>
        {t('start.confirm.what', {
          afterSaleId,
          count: parcels.length,
          waybills: parcels.map((parcel) => parcel.waybillNo).join(', '),
        })}
      </p>
      <p>
        <strong>{known.includes(undefined) ? t('start.feeUnknown') : t('start.feeSum', { fee: yuan(sum) })}</strong>
      </p>
      <DialogActions
        submit={t('start.confirm.submit')}
        busy={busy}
        problem={problem}
        onCancel={onClose}
        onSubmit={onConfirm}
      />
    </Dialog>
  );
}
