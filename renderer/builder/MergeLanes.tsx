import { Box, Checkbox, Typography } from '@mui/material';
import type { LaneRef } from '#core/pipeline/stepNode.ts';
import { LaneBadge } from '#renderer/builder/LaneBadge.tsx';
import { choiceForLane, isFeatureMerge, isPredictionMerge, PLAIN_CHOICE, takesFeatures } from '#renderer/builder/mergeForm.ts'; // prettier-ignore
import type { LaneChoice, MergeForm } from '#renderer/builder/mergeForm.ts';
import { ModelChoiceFields } from '#renderer/builder/ModelChoiceFields.tsx';
import { laneName } from '#renderer/builder/stepView.ts';
import type { LaneView } from '#renderer/builder/stepView.ts';
import { t } from '#renderer/locales/t.ts';

interface MergeLanesProps {
  readonly form: MergeForm;
  readonly lanes: readonly LaneView[];
  readonly onChange: (change: Partial<MergeForm>) => void;
}

/** A row for each lane: whether its spectra go on, whether its predictions do, and of which models. */
export function MergeLanes({ form, lanes, onChange }: MergeLanesProps) {
  const refOf = ({ name }: LaneView, k: number): LaneRef => name ?? k;
  const [features, predictions] = [isFeatureMerge(form.kind), isPredictionMerge(form.kind)];
  const taken = lanes.map((lane, k) => takesFeatures(form, lane.name, k));
  const chosen = lanes.map((lane, k) => choiceForLane(form, lane.name, k));

  const setFeatures = (at: number, on: boolean): void => {
    const next = taken.map((was, k) => (k === at ? on : was));
    const left = lanes.flatMap((lane, k) => (next[k] ? [refOf(lane, k)] : []));
    if (left.length > 0) onChange({ features: left.length === lanes.length ? 'all' : left });
  };
  const setChoice = (at: number, choice: LaneChoice | null): void => {
    const next = chosen.map((was, k) => (k === at ? choice : was));
    const left = lanes.flatMap((lane, k) => {
      const one = next[k] ?? null;
      return one === null ? [] : [{ ...one, lane: refOf(lane, k) }];
    });
    const plain = left.length === lanes.length && left.every(isPlain);
    if (left.length > 0) onChange({ predictions: plain ? 'all' : left });
  };

  return (
    <Box
      role="group"
      aria-label={t('builder.merge.lanes')}
      sx={{ display: 'grid', gap: 0.5 }}
      data-testid="merge-lanes"
    >
      {lanes.map((lane, k) => {
        const name = laneName(lane);
        const choice = chosen[k] ?? null;
        return (
          <Box
            key={k}
            sx={{ display: 'grid', gridTemplateColumns: '96px minmax(0, 1fr)', alignItems: 'start', minHeight: 32 }}
          >
            <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75, minWidth: 0, minHeight: 32 }}>
              <LaneBadge letter={lane.letter} />
              <Typography variant="body2" noWrap title={name}>
                {name === lane.letter ? '' : name}
              </Typography>
            </Box>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1, rowGap: 0.25 }}>
              {features && (
                <Labelled text={t('builder.merge.features')}>
                  <Checkbox
                    size="small"
                    checked={taken[k] ?? false}
                    onChange={(_, on) => setFeatures(k, on)}
                    slotProps={{ input: { 'aria-label': t('builder.merge.featuresOf', { name }) } }}
                    data-testid={`merge-features-${k}`}
                    sx={{ p: 0.5 }}
                  />
                </Labelled>
              )}
              {predictions && (
                <Labelled text={t('builder.merge.predictions')}>
                  <Checkbox
                    size="small"
                    checked={choice !== null}
                    onChange={(_, on) => setChoice(k, on ? PLAIN_CHOICE : null)}
                    slotProps={{ input: { 'aria-label': t('builder.merge.predictionsOf', { name }) } }}
                    data-testid={`merge-predictions-${k}`}
                    sx={{ p: 0.5 }}
                  />
                </Labelled>
              )}
              {predictions && choice !== null && (
                <ModelChoiceFields choice={choice} lane={name} at={k} onChange={(next) => setChoice(k, next)} />
              )}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}

const isPlain = ({ select, metric, aggregate }: LaneChoice): boolean =>
  select === 'all' && metric === null && aggregate === 'separate';

const Labelled = ({ text, children }: { readonly text: string; readonly children: React.ReactNode }) => (
  <Box component="label" sx={{ display: 'inline-flex', alignItems: 'center' }}>
    {children}
    <Typography variant="caption">{text}</Typography>
  </Box>
);
