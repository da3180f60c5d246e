import { PageHead } from '../parts/page-head.js';
import { Link } from '../place/link.js';
import { usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { SessionsPart } from './sessions-part.js';
import { TokensPart } from './tokens-part.js';
import { UsersPart } from './users-part.js';

const PARTS = { users: UsersPart, tokens: TokensPart, sessions: SessionsPart } as const;
type Part = keyof typeof PARTS;

const isPart = (word: string | null): word is Part => word !== null && Object.hasOwn(PARTS, word);

/** Who may log in, which systems may call, and who is logged in now. */
export function PeoplePage() {
  const { t } = useWords();
  const wanted = usePlace().search.get('part');
  const part = isPart(wanted) ? wanted : 'users';
  const Shown = PARTS[part];
  return (
    <>
      <PageHead title={t('people.title')} about={t('people.about')} />
      <nav className="parts" aria-label={t('people.parts')}>
        {(Object.keys(PARTS) as Part[]).map((name) => (
          <Link key={name} to={`/people?part=${name}`} current={name === part}>
            {t(`people.part.${name}`)}
          </Link>
        ))}
      </nav>
      <Shown />
    </>
  );
}
