import { useMutation } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { IMPORT_COLUMNS, REQUIRED_COLUMNS } from '../../../domain/import/columns.js';
import { useAct } from '../actions/use-act.js';
import { useShops } from '../http/catalogue.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { go } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { FileField, Sending } from './file-field.js';
import { templateAddress } from './template.js';
import { MOST_BYTES, uploadFile } from './upload.js';

const REQUIRED: readonly string[] = REQUIRED_COLUMNS;

/** Chooses shop and file and sends it; then its own page follows it. */
export function UploadForm() {
  const { t } = useWords();
  const { mark } = useAct('imports.upload');
  const shops = useShops();
  const [shopId, setShopId] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState(0);
  const [missing, setMissing] = useState<string | null>(null);
  const upload = useMutation({
    mutationFn: (given: { readonly file: File; readonly shopId: string }) =>
      uploadFile(given.file, { path: '/api/v1/imports', order: { shopId: given.shopId } }, setSent),
    onSuccess: (id) => go(`/imports/${id}`),
  });
  const chosen = shopId ?? (shops.length === 1 ? (shops[0]?.id ?? null) : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(0);
    if (chosen === null) return setMissing(t('import.shopMissing'));
    if (file === null || file.size === 0) return setMissing(t('import.fileMissing'));
    if (file.size > MOST_BYTES) return setMissing(t('import.tooLarge'));
    setMissing(null);
    return upload.mutate({ file, shopId: chosen });
  };
  const columns = {
    required: REQUIRED.join(', '),
    optional: IMPORT_COLUMNS.filter((name) => !REQUIRED.includes(name)).join(', '),
  };
  return (
    <form className="panel new-batch upload" onSubmit={submit}>
      <div className="filters">
        <Select<string>
          className="filter wide-filter"
          aria-label={t('import.shop')}
          prefix={<span className="filter-name">{t('import.shop')}</span>}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          options={shops.map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
          {...(chosen === null ? {} : { value: chosen })}
          onChange={setShopId}
        />
        <FileField label={t('import.file')} accept=".csv,.jsonl,.ndjson" onChoose={setFile} />
        <Button type="primary" htmlType="submit" loading={upload.isPending} {...mark}>
          {t('import.upload')}
        </Button>
        {upload.isPending && (
          <Sending
            label={t('import.upload')}
            sent={sent}
            text={t('import.uploading', { percent: Math.round(sent * 100) })}
          />
        )}
      </div>
      {missing !== null && (
        <p className="field-problem" role="alert">
          {missing}
        </p>
      )}
      {upload.error && <ProblemAlert problem={upload.error} />}
      <p className="muted">
        {t('import.columns', columns)}{' '}
        <a href={templateAddress()} download="jiejian.csv">
          {t('import.template')}
        </a>
      </p>
    </form>
  );
}
