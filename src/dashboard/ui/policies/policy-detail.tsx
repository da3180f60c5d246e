import type { PolicyAnswer, PolicyVersionAnswer } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { Reading } from '../parts/reading.js';
import { useConfig } from '../settings/config-queries.js';
import { DraftPanel } from './draft-panel.js';
import { ShadowPanel } from './shadow-panel.js';
import { VersionList } from './version-list.js';

/** Versions, the draft in the shadow, and a new draft of one policy. */
export function PolicyDetail({ policy: { id, shadow } }: { readonly policy: PolicyAnswer }) {
  const versions = useLive<{ items: readonly PolicyVersionAnswer[] }>(
    ['policies', id, 'versions'],
    `/api/v1/policies/${id}/versions`,
  );
  const config = useConfig();
  const newest = versions.data?.items[0];
  return (
    <Reading query={versions}>
      <Reading query={config}>
        <div className="policy-parts">
          {shadow && config.data && <ShadowPanel id={id} version={config.data.version} />}
          {newest && <DraftPanel id={id} body={newest.policy} />}
          {versions.data && config.data && (
            <VersionList id={id} version={config.data.version} items={versions.data.items} />
          )}
        </div>
      </Reading>
    </Reading>
  );
}
