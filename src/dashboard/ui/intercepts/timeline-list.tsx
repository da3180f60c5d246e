import type { StoryAnswer } from '../http/answers.js';
import { RefundEntry } from '../refunds/refund-entry.js';
import { useWords } from '../texts/i18n.js';
import { Moment } from '../time/moments.js';
import { MessageEntry, SaidEntry, TaskEntry } from './story-entries.js';
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
    case 'said':
      return <SaidEntry of={entry.of} />;
    case 'task':
      return <TaskEntry of={entry.of} />;
    case 'refund':
      return <RefundEntry of={entry.of} />;
    case 'message':
      return <MessageEntry of={entry.of} />;
  }
}

/** The words for kinds of entries stand where their lists do. */
function useKindWord(): (kind: Entry['kind']) => string {
  const { t } = useWords();
  return (kind) => {
    if (kind === 'refund') return t('refund.entry');
    return kind === 'said' || kind === 'task' || kind === 'message'
      ? t(`story.entry.${kind}`)
      : t(`intercept.timeline.${kind}`);
  };
}

/** Everything that happened, newest first. */
export function TimelineList({ detail }: { readonly detail: StoryAnswer }) {
  const { t } = useWords();
  const kindWord = useKindWord();
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">{t('intercept.timeline.title')}</h2>
      <ol className="timeline">
        {timelineOf(detail).map((entry) => (
          <li key={entry.key} className={`entry entry-${entry.kind}`}>
            <div className="entry-when">
              <Moment at={entry.at} />
              <span className="entry-kind">{kindWord(entry.kind)}</span>
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
