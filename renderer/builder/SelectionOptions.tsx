import { mdiClose, mdiPlus, mdiTuneVariant } from '@mdi/js';
import { Box, Button, IconButton, MenuItem, Popover, Select, Typography } from '@mui/material';
import { memo, useState } from 'react';
import { setDocumentKey } from '#core/pipeline/edit.ts';
import { NumberField } from '#renderer/builder/fields/NumberField.tsx';
import { choice, metricIds, toggle } from '#renderer/builder/settingFields.ts';
import { SettingRows } from '#renderer/builder/SettingRows.tsx';
import { changeRefit, readRefitView } from '#renderer/builder/selection.ts';
import type { Criterion } from '#renderer/builder/selection.ts';
import { plainAt } from '#renderer/builder/readDocument.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

interface SelectionOptionsProps {
  readonly text: string;
  readonly task: 'regression' | 'classification';
  readonly onChange: (edit: (text: string) => string) => void;
}

/** How variants are ranked, which is deployed, and what is refitted besides: settings of the document. */
export const SelectionOptions = memo(function SelectionOptions({ text, task, onChange }: SelectionOptionsProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        startIcon={<Icon path={mdiTuneVariant} />}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
        data-testid="selection-options"
      >
        {t('builder.selection.open')}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: {
            sx: { p: 2, width: 420, border: 1, borderColor: 'divider' },
            role: 'dialog',
            'aria-label': t('builder.selection.open'),
          },
        }}
      >
        <SelectionForm text={text} task={task} onChange={onChange} />
      </Popover>
    </>
  );
});

function SelectionForm({ text, task, onChange }: SelectionOptionsProps) {
  const raw = plainAt(text, ['refit']);
  const refit = readRefitView(raw);
  const put = (change: Partial<typeof refit>): void =>
    onChange((now) => setDocumentKey(now, 'refit', changeRefit(plainAt(now, ['refit']), change)));
  const criteria = (next: readonly Criterion[]): void => put({ criteria: next });
  return (
    <Box sx={{ display: 'grid', gap: 1 }} data-testid="selection-form">
      <SettingRows
        fields={[
          { ...choice('metric', 'metric', metricIds(task), metricIds(task)[0] ?? null), nullable: false },
          ...(task === 'regression' ? [choice('ranking', 'ranking', ['mean_val', 'rmsecv'], 'mean_val')] : []),
        ]}
        values={{ metric: plainAt(text, ['metric']), ranking: plainAt(text, ['ranking']) }}
        label={t('builder.selection.ranking')}
        onChange={(name, value) =>
          onChange((now) => setDocumentKey(now, name === 'ranking' ? 'ranking' : 'metric', value))
        }
      />
      <SettingRows
        fields={[
          choice('rule', 'rule', ['best', 'one_standard_error'], 'best'),
          toggle('refit', 'refit', true),
          toggle('keep_fold_artifacts', 'keepFolds', false),
        ]}
        values={{ rule: refit.rule, refit: refit.enabled, keep_fold_artifacts: refit.keepFolds }}
        label={t('builder.selection.refit')}
        onChange={(name, value) => {
          if (name === 'rule') put({ rule: value === 'one_standard_error' ? value : 'best' });
          else if (name === 'refit') put({ enabled: value !== false });
          else put({ keepFolds: value === true });
        }}
      />
      {refit.enabled && (
        <>
          <Typography variant="caption" color="text.secondary">
            {t('builder.selection.criteria')}
          </Typography>
          {refit.criteria.map((criterion, k) => (
            <CriterionRow
              key={k}
              criterion={criterion}
              task={task}
              n={k + 1}
              onChange={(next) => criteria(refit.criteria.map((each, at) => (at === k ? next : each)))}
              onRemove={() => criteria(refit.criteria.filter((_, at) => at !== k))}
            />
          ))}
          <Box>
            <Button
              startIcon={<Icon path={mdiPlus} />}
              onClick={() => criteria([...refit.criteria, { topK: 3, ranking: 'mean_val', metric: null }])}
              data-testid="add-criterion"
            >
              {t('builder.selection.add')}
            </Button>
          </Box>
        </>
      )}
    </Box>
  );
}

interface CriterionRowProps {
  readonly criterion: Criterion;
  readonly task: 'regression' | 'classification';
  readonly n: number;
  readonly onChange: (criterion: Criterion) => void;
  readonly onRemove: () => void;
}

function CriterionRow({ criterion, task, n, onChange, onRemove }: CriterionRowProps) {
  return (
    <Box
      sx={{ display: 'flex', gap: 1, alignItems: 'center' }}
      role="group"
      aria-label={t('builder.selection.criterion', { n })}
    >
      <NumberField
        parameter={TOP}
        value={criterion.topK}
        label={t('builder.selection.top')}
        width={64}
        onChange={(topK) => onChange({ ...criterion, topK: topK ?? 1 })}
      />
      <Typography variant="caption">{t('builder.selection.bestBy')}</Typography>
      {task === 'regression' && (
        <Select
          value={criterion.ranking}
          onChange={(event) => onChange({ ...criterion, ranking: event.target.value })}
          inputProps={{ 'aria-label': t('builder.setting.ranking') }}
        >
          <MenuItem value="mean_val">mean_val</MenuItem>
          <MenuItem value="rmsecv">rmsecv</MenuItem>
        </Select>
      )}
      <Select
        displayEmpty
        value={metricIds(task).find((id) => id === criterion.metric) ?? ''}
        onChange={(event) => onChange({ ...criterion, metric: event.target.value === '' ? null : event.target.value })}
        inputProps={{ 'aria-label': t('builder.setting.metric') }}
      >
        <MenuItem value="">{t('builder.selection.runMetric')}</MenuItem>
        {metricIds(task).map((id) => (
          <MenuItem key={id} value={id}>
            {id}
          </MenuItem>
        ))}
      </Select>
      <IconButton aria-label={t('builder.selection.remove', { n })} onClick={onRemove}>
        <Icon path={mdiClose} size={16} />
      </IconButton>
    </Box>
  );
}

const TOP = {
  name: 'top_k',
  title: 'top_k',
  description: '',
  type: 'integer' as const,
  nullable: false,
  default: 1,
  min: 1,
  max: 1000,
};
