import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { FilterName, Filters } from '../intercepts/filters.js';
import { go } from '../place/place.js';
import { ReplayDialog, type ReplayFilter } from '../replay/replay-dialog.js';
import { useWords } from '../texts/i18n.js';
import type { Target } from './bulk-steps.js';

interface HandToReplayProps {
  /** Asked when it is pressed: a period counts from then. */
  readonly target: () => Target;
  readonly filters: Filters;
  readonly disabled: boolean;
}

/** What a replay does not filter by: handed over without them it would take more than was meant. */
const NOT_THERE: readonly FilterName[] = ['q', 'platform', 'minValue', 'maxValue'];

/** What the replay is about; what comes in after this moment was never looked at. */
function replayFilter(target: Target): ReplayFilter {
  if ('ids' in target) return { ids: target.ids };
  return { until: new Date().toISOString(), ...target.match };
}

/** For more than a few hundred: a replay runs by itself, with a preview, a rate and a way to stop it. */
export function HandToReplay({ target, filters, disabled }: HandToReplayProps) {
  const { t } = useWords();
  const { may, mark } = useAct('replays.create');
  const [filter, setFilter] = useState<ReplayFilter | null>(null);
  if (!may) return null;
  const cannot = 'match' in target() && NOT_THERE.some((name) => filters[name] !== undefined);
  return (
    <>
      <Button
        type="link"
        disabled={disabled || cannot}
        title={cannot ? t('bulk.replayCannot') : undefined}
        onClick={() => setFilter(replayFilter(target()))}
        {...mark}
      >
        {t('bulk.replay')}
      </Button>
      {filter && (
        <ReplayDialog filter={filter} onClose={() => setFilter(null)} onStarted={(id) => go(`/replays/${id}`)} />
      )}
    </>
  );
}
