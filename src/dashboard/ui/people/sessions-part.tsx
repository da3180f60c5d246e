import { useAct } from '../actions/use-act.js';
import type { Page } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { Reading } from '../parts/reading.js';
import { Age } from '../time/age.js';
import { SessionList, type SessionRow } from './session-list.js';

/** Who is logged in now. */
export function SessionsPart() {
  const { may, mark } = useAct('people.endSession');
  const query = useLive<Page<SessionRow>>(['people', 'sessions'], '/api/v1/sessions');
  return (
    <>
      <p className="part-add">
        <Age readAt={query.dataUpdatedAt} />
      </p>
      <Reading query={query}>
        <SessionList sessions={query.data?.items ?? []} base="/api/v1/sessions" mark={mark} mayEnd={may} />
      </Reading>
    </>
  );
}
