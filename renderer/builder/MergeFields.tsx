import { Box, Divider, Typography } from '@mui/material';
import { branchOf } from '#renderer/builder/joins.ts';
import { MergeLanes } from '#renderer/builder/MergeLanes.tsx';
import { isFeatureMerge, isPredictionMerge } from '#renderer/builder/mergeForm.ts';
import type { MergeForm } from '#renderer/builder/mergeForm.ts';
import { mergeFields } from '#renderer/builder/settingFields.ts';
import { SettingRows } from '#renderer/builder/SettingRows.tsx';
import { lanesOf } from '#renderer/builder/stepView.ts';
import type { StepView } from '#renderer/builder/stepView.ts';
import { useTree } from '#renderer/builder/treeContext.ts';
import { t } from '#renderer/locales/t.ts';

/** What of each lane goes on, and how. Predictions are out-of-fold, which is said and cannot be changed. */
export function MergeFields({ step, form }: { readonly step: StepView; readonly form: MergeForm }) {
  const { edits, listOf } = useTree();
  const place = listOf(step);
  const at = place === null ? null : branchOf(place.list.steps, place.index);
  const branch = at === null ? undefined : place?.list.steps[at];
  const byLane = isFeatureMerge(form.kind) || isPredictionMerge(form.kind);
  return (
    <>
      {byLane && branch && (
        <MergeLanes form={form} lanes={lanesOf(branch)} onChange={(change) => edits.onMerge(step, change)} />
      )}
      {isPredictionMerge(form.kind) && (
        <Typography variant="caption" color="text.secondary" component="p" sx={{ m: 0, mt: 0.75 }}>
          {t('builder.merge.oof')}
        </Typography>
      )}
      {byLane && <Divider sx={{ my: 1 }} />}
      <Box data-testid="merge-settings">
        <SettingRows
          fields={mergeFields(form.kind)}
          values={{
            include_original: form.includeOriginal,
            on_missing: form.onMissing,
            on_shape_mismatch: form.onShapeMismatch,
            output_as: form.outputAs,
            sources: form.sources,
          }}
          label={t('builder.merge.settings', { step: step.title })}
          onChange={(name, value) => edits.onMerge(step, changeOf(name, value))}
        />
      </Box>
    </>
  );
}

/** A changed setting; undefined means the default. */
function changeOf(name: string, value: unknown): Partial<MergeForm> {
  const word = (fallback: string): string => (typeof value === 'string' ? value : fallback);
  switch (name) {
    case 'include_original':
      return { includeOriginal: value === true };
    case 'on_missing':
      return { onMissing: word('error') };
    case 'on_shape_mismatch':
      return { onShapeMismatch: word('error') };
    case 'sources':
      return { sources: value === 'stack' || value === 'dict' ? value : 'concat' };
    default:
      return { outputAs: word('features') };
  }
}
