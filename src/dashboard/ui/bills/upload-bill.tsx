import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { BillSourceAnswer, Page } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { FileField, Sending } from '../imports/file-field.js';
import { MOST_BYTES, uploadFile } from '../imports/upload.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { useWords } from '../texts/i18n.js';
import type { BillPlace } from './bill-queries.js';
import { MappingDialog } from './mapping-dialog.js';

/** Uploads a bill of the month and biller that are shown, once somebody has said how its columns are read. */
export function UploadBill({ place: { source, period } }: { readonly place: BillPlace }) {
  const { t } = useWords();
  const { mark } = useAct('bills.upload');
  const mapping = useAct('bills.mapping');
  const client = useQueryClient();
  const sources = useLive<Page<BillSourceAnswer>>(['bills', 'sources'], '/api/v1/bill-sources');
  const saved = sources.data?.items.find((one) => one.source === source) ?? null;
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState(0);
  const [missing, setMissing] = useState<string | null>(null);
  const [mapped, setMapped] = useState(false);
  const upload = useMutation({
    mutationFn: (given: File) => uploadFile(given, { path: '/api/v1/bills', order: { source, period } }, setSent),
    onSettled: () => client.invalidateQueries({ queryKey: ['bills'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(0);
    // While it is read anew the server knows better.
    if (saved === null && !sources.isFetching) return setMissing(t('bill.noMapping'));
    if (file === null || file.size === 0) return setMissing(t('bill.fileMissing'));
    if (file.size > MOST_BYTES) return setMissing(t('bill.tooLarge'));
    setMissing(null);
    return upload.mutate(file);
  };
  return (
    <>
      <form className="panel new-batch upload" onSubmit={submit}>
        <div className="filters">
          <FileField label={t('bill.file')} accept=".csv,.xlsx" onChoose={setFile} />
          <Button type="primary" htmlType="submit" loading={upload.isPending} {...mark}>
            {t('bill.upload')}
          </Button>
          <Button onClick={() => setMapped(true)} {...mapping.mark}>
            {t('bill.mapping.button')}
          </Button>
          {upload.isPending && (
            <Sending
              label={t('bill.upload')}
              sent={sent}
              text={t('bill.uploading', { percent: Math.round(sent * 100) })}
            />
          )}
        </div>
        {missing !== null && (
          <p className="field-problem" role="alert">
            {missing}
          </p>
        )}
        {upload.error && <ProblemAlert problem={upload.error} />}
      </form>
      {mapped && <MappingDialog source={source} saved={saved?.mapping ?? null} onClose={() => setMapped(false)} />}
    </>
  );
}
