import type { InterceptState } from '../../../domain/intercept/machine.js';
import type { StoryAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { useServerNow } from '../time/clock.js';
import { momentText, spanText } from '../time/span.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Which of the two clocks of an intercept runs in a state; none after its end. */
const CLOCKS = {
  held: 'send',
  queued: 'send',
  needs_review: 'send',
  uncertain: 'send',
  accepted: 'outcome',
  intercepted: 'outcome',
} as const satisfies Partial<Record<InterceptState, 'send' | 'outcome'>>;

function clockOf(detail: StoryAnswer): { readonly name: 'send' | 'outcome'; readonly at: string } | null {
  const clocks: Partial<Record<InterceptState, 'send' | 'outcome'>> = CLOCKS;
  const name = clocks[detail.state];
  if (name === undefined) return null;
  const at = name === 'send' ? detail.deadlineAt : detail.outcomeDueAt;
  return at === null ? null : { name, at };
}

/** `07:42` in the last hour, else the two largest units. */
function leftText(ms: number, lang: 'zh' | 'en'): string {
  if (Math.abs(ms) >= HOUR_MS) return spanText(ms, lang);
  const seconds = Math.floor(Math.abs(ms) / SECOND_MS);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

/** How urgent it looks; the words say the same. */
function urgencyOf(ms: number): 'over' | 'now' | 'soon' | 'calm' {
  if (ms < 0) return 'over';
  if (ms < 15 * MINUTE_MS) return 'now';
  return ms < 2 * HOUR_MS ? 'soon' : 'calm';
}

/** How long something can still be done, on the server's clock. Read aloud once, not every second. */
export function Countdown({ detail }: { readonly detail: StoryAnswer }) {
  const { t, lang } = useWords();
  const now = useServerNow(SECOND_MS);
  const clock = clockOf(detail);
  if (clock === null) return null;
  const ms = Date.parse(clock.at) - now;
  return (
    <p className={`countdown countdown-${urgencyOf(ms)}`} role="timer" aria-live="off">
      <span>{t(`story.countdown.${clock.name}`)}</span>
      <time dateTime={clock.at}>
        <strong>{t(`frame.time.${ms < 0 ? 'over' : 'left'}`, { span: leftText(ms, lang) })}</strong>
      </time>
      <span className="below">{momentText(clock.at)}</span>
    </p>
  );
}
