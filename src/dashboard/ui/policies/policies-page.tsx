import type { PolicyAnswer } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { useActor } from '../intercepts/actor.js';
import { Mark } from '../parts/mark.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { Link } from '../place/link.js';
import { usePlace } from '../place/place.js';
import { editAddress } from '../settings/parts.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { Age } from '../time/age.js';
import { Ago } from '../time/moments.js';
import { BrakeLine } from './brake-line.js';
import { PolicyDetail } from './policy-detail.js';

function Card({ policy, isOpen }: { readonly policy: PolicyAnswer; readonly isOpen: boolean }) {
  const { t, lang } = useWords();
  const actor = useActor(policy.changedBy ?? '');
  const { shops } = policy;
  return (
    <li className="panel card">
      <div className="lane-head">
        <h2>{policy.id}</h2>
        <span className="muted">{t('policy.version', { version: policy.version })}</span>
        {policy.brake && <Mark tone="bad">{t('policy.brake.on')}</Mark>}
        {policy.shadow && <Mark tone="wait">{t('policy.shadow.mark')}</Mark>}
      </div>
      <p className="sentence">{sideIn(lang, policy.sentence)}</p>
      {policy.brake && <BrakeLine id={policy.id} brake={policy.brake} />}
      <p className="below">
        <span>{shops.length === 0 ? t('policy.noShops') : t('policy.shops', { shops: shops.join(', ') })}</span>
        {policy.changedAt !== null && policy.changedBy !== null && (
          <span>
            {t('policy.changedBy', { actor })} <Ago at={policy.changedAt} />
          </span>
        )}
      </p>
      <div className="steps">
        <Link to={`/policies?id=${policy.id}`} current={isOpen}>
          {t('policy.open')}
        </Link>
        <Link to={editAddress('policies', policy.id)}>{t('policy.edit')}</Link>
      </div>
    </li>
  );
}

/** Policies as sentences; the one whose versions and drafts are looked at stands in the address. */
export function PoliciesPage() {
  const { t } = useWords();
  const id = usePlace().search.get('id');
  const query = useLive<{ items: readonly PolicyAnswer[] }>(['policies'], '/api/v1/policies');
  const policies = query.data?.items ?? [];
  const opened = policies.find((policy) => policy.id === id);
  return (
    <>
      <PageHead title={t('policy.title')} about={t('policy.about')} beside={<Age readAt={query.dataUpdatedAt} />} />
      <Reading query={query}>
        {policies.length === 0 && <p className="reading">{t('policy.none')}</p>}
        <ul className="cards">
          {policies.map((policy) => (
            <Card key={policy.id} policy={policy} isOpen={policy === opened} />
          ))}
        </ul>
        {opened && <PolicyDetail key={opened.id} policy={opened} />}
      </Reading>
    </>
  );
}
