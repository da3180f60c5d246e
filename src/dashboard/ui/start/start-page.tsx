import { Segmented } from 'antd';
import { PageHead } from '../parts/page-head.js';
import { Link } from '../place/link.js';
import { go, usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { FindKnown } from './find-known.js';
import { TypeIn } from './type-in.js';

const WAYS = ['find', 'type'] as const;
type Way = (typeof WAYS)[number];

/** A person starts intercepts: of an after-sale we know, or of a parcel typed in (R20). */
export function StartPage() {
  const { t } = useWords();
  const { search } = usePlace();
  const way: Way = search.get('by') === 'type' ? 'type' : 'find';
  return (
    <>
      <PageHead title={t('start.title')} about={t('start.about')} />
      <div className="bar">
        <Segmented<Way>
          aria-label={t('start.way.label')}
          value={way}
          options={WAYS.map((value) => ({ value, label: t(`start.way.${value}`) }))}
          onChange={(next) => go(next === 'type' ? '/start?by=type' : '/start')}
        />
        <Link to="/imports">{t('start.way.file')}</Link>
      </div>
      {way === 'type' ? <TypeIn waybillNo={search.get('waybillNo') ?? ''} /> : <FindKnown q={search.get('q') ?? ''} />}
    </>
  );
}
