import { useActor } from '../intercepts/actor.js';
import { PageHead } from '../parts/page-head.js';
import { Reading, Taken } from '../parts/reading.js';
import { Link } from '../place/link.js';
import { usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { Ago } from '../time/moments.js';
import { AccountsPart } from './accounts-part.js';
import { useConfig, useForms } from './config-queries.js';
import { DeliveriesPart } from './deliveries-part.js';
import { startRow } from './draft.js';
import { EditView } from './edit-view.js';
import { isPart, isSection, PARTS, partAddress, partOf } from './parts.js';
import { PoliciesPart, RetentionPart, TargetsPart, TariffsPart } from './rows-parts.js';
import { ShopsPart } from './shops-part.js';

type ConfigQuery = ReturnType<typeof useConfig>;

function Changed({ config }: { readonly config: NonNullable<ConfigQuery['data']> }) {
  const { t } = useWords();
  const actor = useActor(config.changedBy ?? '');
  return (
    <>
      {t('config.version', { version: config.version })}
      {config.changedAt !== null && (
        <>
          {' · '}
          {t('config.changedBy', { actor })} <Ago at={config.changedAt} />
        </>
      )}{' '}
    </>
  );
}

/** The configuration: looked at by part, changed by row. The part, the row and whether it is being changed stand in the address. */
export function SettingsPage() {
  const { t } = useWords();
  const { search } = usePlace();
  const config = useConfig();
  const forms = useForms();
  const wanted = search.get('part');
  const section = search.get('edit');
  const asked = isPart(wanted) ? wanted : 'shops';
  const part = isSection(section) ? partOf(section) : asked;
  const saved = search.get('saved');
  const both = config.data && forms.data ? { config: config.data, forms: forms.data } : null;
  return (
    <>
      <PageHead
        title={t('config.title')}
        about={t('config.about')}
        beside={
          <>
            {config.data && <Changed config={config.data} />}
            <Age readAt={config.dataUpdatedAt} />
          </>
        }
      />
      <nav className="parts" aria-label={t('config.parts')}>
        {PARTS.map((name) => (
          <Link key={name} to={partAddress(name)} current={name === part}>
            {t(`config.part.${name}`)}
          </Link>
        ))}
      </nav>
      {saved !== null && <Taken>{t('config.change.saved', { version: saved })}</Taken>}
      <Reading query={config}>
        <Reading query={forms}>
          {both &&
            (isSection(section) ? (
              <Edit {...both} section={section} id={search.get('id')} />
            ) : (
              <Shown part={part} {...both} />
            ))}
        </Reading>
      </Reading>
    </>
  );
}

type Both = Omit<Parameters<typeof EditView>[0], 'section' | 'id' | 'start'>;

function Edit({ config, forms, section, id }: Both & Pick<Parameters<typeof EditView>[0], 'section' | 'id'>) {
  const { t } = useWords();
  const start = startRow(config, forms, section, id);
  if (!start) return <p className="reading">{t('frame.empty')}</p>;
  return <EditView key={`${section} ${id}`} config={config} forms={forms} section={section} id={id} start={start} />;
}

function Shown({ part, config, forms }: Both & { readonly part: (typeof PARTS)[number] }) {
  switch (part) {
    case 'shops':
      return <ShopsPart config={config} forms={forms} />;
    case 'accounts':
      return <AccountsPart config={config} forms={forms} />;
    case 'policies':
      return <PoliciesPart config={config} />;
    case 'tariffs':
      return <TariffsPart config={config} />;
    case 'targets':
      return <TargetsPart config={config} />;
    case 'deliveries':
      return <DeliveriesPart />;
    case 'retention':
      return <RetentionPart config={config} />;
  }
}
