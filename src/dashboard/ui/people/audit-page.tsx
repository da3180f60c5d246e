import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditEntryAnswer, Page } from '../http/answers.js';
import { call } from '../http/client.js';
import { useActor } from '../intercepts/actor.js';
import { LoadMore } from '../intercepts/load-more.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { go, usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { refreshEvery } from '../time/freshness.js';
import { Moment } from '../time/moments.js';
import { AuditDetail } from './audit-detail.js';
import { auditAddress, auditFiltersFrom, auditQuery } from './audit-filters.js';
import { AuditSearch } from './audit-search.js';
import { ChainCheck } from './chain-check.js';

function useAudit(query: string) {
  return useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ pageParam }) =>
      call<Page<AuditEntryAnswer>>('GET', `/api/v1/audit?${query}${pageParam === null ? '' : `&cursor=${pageParam}`}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: (found) => refreshEvery(found.state.data?.pages.length ?? 1),
  });
}

function Entry({ entry }: { readonly entry: AuditEntryAnswer }) {
  const actor = useActor(entry.actor);
  return (
    <tr>
      <td>
        <Moment at={entry.at} />
      </td>
      <td>{actor}</td>
      <td className="number">{entry.action}</td>
      <td className="number">{entry.subject}</td>
      <td>
        <AuditDetail detail={entry.detail} />
      </td>
    </tr>
  );
}

/** Everything that people and their tools did, searched and paged; the filters stand in the address. */
export function AuditPage() {
  const { t } = useWords();
  const filters = auditFiltersFrom(usePlace().search);
  const list = useAudit(auditQuery(filters));
  const entries = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('audit.title')} about={t('audit.about')} beside={<Age readAt={list.dataUpdatedAt} />} />
      <ChainCheck />
      <AuditSearch key={auditAddress(filters)} filters={filters} onSearch={(next) => go(auditAddress(next))} />
      <Reading query={list}>
        {entries.length === 0 && <p className="reading">{t('audit.none')}</p>}
        {entries.length > 0 && (
          <div className="scroll">
            <table className="list audit">
              <thead>
                <tr>
                  {(['at', 'actor', 'action', 'subject', 'detail'] as const).map((name) => (
                    <th key={name} scope="col" className={`col-${name}`}>
                      {t(`audit.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {entries.map((entry) => (
                  <Entry key={entry.id} entry={entry} />
                ))}
              </tbody>
            </table>
          </div>
        )}
        <LoadMore count={entries.length} query={list} />
      </Reading>
    </>
  );
}
