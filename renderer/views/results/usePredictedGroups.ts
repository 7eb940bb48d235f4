import { useMemo } from 'react';
import type { Predictions } from '#core/contract/results.ts';
import { foldGroups } from '#renderer/charts/foldGroups.ts';
import type { PredictedGroup } from '#renderer/charts/predictedMeasuredOption.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import type { PartitionToggle } from '#renderer/views/results/resultsState.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

interface PredictedGroups {
  readonly status: 'loading' | 'failed' | 'ready';
  readonly message: string;
  /** Groups of each kind; empty where there are no such predictions. */
  readonly groups: Readonly<Record<PartitionToggle, readonly PredictedGroup[]>>;
  readonly reload: () => void;
}

/** Predictions of a variant: held-out samples fold by fold, training and test samples of the final model. */
export function usePredictedGroups({ run, variant }: DetailProps): PredictedGroups {
  const of = { runId: run.id, variant: variant.variant };
  const cv = useCall('results.predictions', { ...of, of: 'cv' });
  const train = useCall('results.predictions', { ...of, of: 'train' });
  const test = useCall('results.predictions', { ...of, of: 'test' });
  const all = [cv, train, test];
  const failed = all.find(({ status }) => status === 'failed');
  const [cvValue, trainValue, testValue] = [valueOf(cv), valueOf(train), valueOf(test)];
  const groups = useMemo(
    () => ({
      cv: cvValue ? foldGroups(cvValue) : [],
      train: trainValue ? [wholeGroup(trainValue, 'train')] : [],
      test: testValue ? [wholeGroup(testValue, 'test')] : [],
    }),
    [cvValue, trainValue, testValue],
  );
  return {
    status: failed ? 'failed' : all.every(({ status }) => status === 'ready') ? 'ready' : 'loading',
    message: failed?.status === 'failed' ? failed.message : '',
    groups,
    reload: () => {
      for (const each of all) each.reload();
    },
  };
}

/** An answer about the variant before this one is not shown under its name. */
const valueOf = (state: ReturnType<typeof useCall<'results.predictions'>>): Predictions | null =>
  state.status === 'ready' && !state.stale ? state.value : null;

const wholeGroup = ({ measured, predicted, sampleIds }: Predictions, kind: 'train' | 'test'): PredictedGroup => ({
  name: t(`results.group.${kind}`),
  kind,
  index: 0,
  measured,
  predicted,
  ids: sampleIds,
});
