import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import type { DigestAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { CopyButton } from '../parts/copy-button.js';
import { Dialog } from '../parts/dialog.js';
import { Reading } from '../parts/reading.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import type { Lang } from '../texts/text.js';
import { Age } from '../time/age.js';

const HOUR_MS = 3_600_000;
/** Lengths of shifts, hours. */
const SHIFTS = [4, 8, 12, 24] as const;
type Since = (typeof SHIFTS)[number] | 'at';

/** For `<input type="datetime-local">`: the clock of whoever looks. */
const localMoment = (at: Date) => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** What one shift hands to the next, as a text to copy in either language. */
export function DigestDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, lang } = useWords();
  const [openedAt] = useState(() => Date.now());
  const [since, setSince] = useState<Since>(8);
  const [at, setAt] = useState(() => localMoment(new Date(openedAt - 8 * HOUR_MS)));
  const [written, setWritten] = useState<Lang>(lang);
  const from = since === 'at' ? new Date(at) : new Date(openedAt - since * HOUR_MS);
  const asked = Number.isNaN(from.getTime()) ? null : from.toISOString();
  const digest = useQuery({
    queryKey: ['tasks', 'digest', asked],
    queryFn: () => call<DigestAnswer>('GET', `/api/v1/tasks/digest?since=${asked}`),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
  const text = digest.data ? sideIn(written, digest.data.text) : '';
  return (
    <Dialog title={t('task.digest.title')} onClose={onClose}>
      <div className="bar">
        <Segmented<Since>
          aria-label={t('task.digest.since')}
          value={since}
          options={[
            ...SHIFTS.map((value) => ({ value, label: t('task.digest.hours', { count: value }) })),
            { value: 'at', label: t('task.digest.at') },
          ]}
          onChange={setSince}
        />
        {since === 'at' && (
          <input
            type="datetime-local"
            className="moment-field"
            aria-label={t('task.digest.since')}
            value={at}
            onChange={({ target }) => setAt(target.value)}
          />
        )}
        <Segmented<Lang>
          aria-label={t('task.digest.language')}
          value={written}
          options={(['zh', 'en'] as const).map((value) => ({ value, label: t(`task.digest.${value}`) }))}
          onChange={setWritten}
        />
      </div>
      <Reading query={digest}>
        {digest.data && (
          <>
            <textarea
              className="digest"
              aria-label={t('task.digest.text')}
              lang={written === 'zh' ? 'zh-CN' : 'en'}
              rows={14}
              readOnly
              value={text}
            />
            <Age readAt={digest.dataUpdatedAt} />
          </>
        )}
      </Reading>
      <div className="dialog-actions">
        <CopyButton text={text} />
        <Button type="primary" onClick={onClose}>
          {t('frame.act.close')}
        </Button>
      </div>
    </Dialog>
  );
}
