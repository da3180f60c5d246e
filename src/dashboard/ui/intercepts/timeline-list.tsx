import type { InterceptDetailAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { Moment } from '../time/moments.js';
import { type Entry, timelineOf } from './timeline.js';
import { AttemptEntry, FeeEntry, SightingEntry, TransitionEntry } from './timeline-entries.js';

function EntryBody({ entry }: { readonly entry: Entry }) {
  switch (entry.kind) {
    case 'transition':
      return <TransitionEntry of={entry.of} />;
    case 'attempt':
      return <AttemptEntry of={entry.of} />;
    case 'sighting':
      return <SightingEntry of={entry.of} />;
    case 'fee':
      return <FeeEntry of={entry.of} />;
  }
}

/** Everything that happened, newest first. */
export function TimelineList({ detail }: { readonly detail: InterceptDetailAnswer }) {
  const { t } = useWords();
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">{t('intercept.timeline.title')}</h2>
      <ol className="timeline">
        {timelineOf(detail).map((entry) => (
          <li key={entry.key} className={`entry entry-${entry.kind}`}>
            <div className="entry-when">
              <Moment at={entry.at} />
              <span className="entry-kind">{t(`intercept.timeline.${entry.kind}`)}</span>
            </div>
            <div className="entry-body">
              <EntryBody entry={entry} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
