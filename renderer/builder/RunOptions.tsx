import { Box, ListSubheader, MenuItem, Select, Typography } from '@mui/material';
import { memo, useId } from 'react';
import type { ReactNode } from 'react';
import type { DatasetSummary } from '#core/contract/datasets.ts';
import { NumberField } from '#renderer/builder/fields/NumberField.tsx';
import type { RunChoice } from '#renderer/builder/builderState.ts';
import { labelColumns } from '#renderer/builder/runSetup.ts';
import type { RunSetup } from '#renderer/builder/runSetup.ts';
import type { TargetNeed } from '#renderer/builder/selection.ts';
import { formatCount } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

interface RunOptionsProps {
  readonly datasets: readonly DatasetSummary[];
  readonly setup: RunSetup;
  /** What the pipeline calibrates: numbers, labels, or classes made of numbers. */
  readonly need: TargetNeed;
  readonly onChange: (change: Partial<RunChoice>) => void;
  /** More options, at the end of the line. */
  readonly children?: ReactNode;
}

/** What the pipeline runs on: dataset, target, which samples train and which are set aside, seed. */
export const RunOptions = memo(function RunOptions({ datasets, setup, need, onChange, children }: RunOptionsProps) {
  const { dataset, split } = setup;
  const labels = labelColumns(dataset);
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, rowGap: 0.5, alignItems: 'center' }}
      data-testid="run-options"
    >
      <Option label={t('builder.run.dataset')}>
        {(id) => (
          <Select
            labelId={id}
            value={dataset.id}
            onChange={(event) => onChange({ datasetId: event.target.value, target: null, split: null })}
            data-testid="run-dataset"
            sx={{ maxWidth: 200 }}
          >
            {datasets.map((each) => (
              <MenuItem key={each.id} value={each.id}>
                {each.name}
              </MenuItem>
            ))}
          </Select>
        )}
      </Option>
      <Option label={t('builder.run.target')}>
        {(id) => (
          <Select
            labelId={id}
            value={setup.target ?? ''}
            onChange={(event) => onChange({ target: event.target.value })}
            data-testid="run-target"
            sx={{ maxWidth: 160 }}
          >
            {need === 'classes' && labels.length > 0 && <ListSubheader>{t('builder.run.labels')}</ListSubheader>}
            {need === 'classes' &&
              labels.map((name) => (
                <MenuItem key={name} value={name}>
                  {name}
                </MenuItem>
              ))}
            {need === 'classes' && labels.length > 0 && <ListSubheader>{t('builder.run.numbers')}</ListSubheader>}
            {dataset.targets.map(({ name, unit }) => (
              <MenuItem key={name} value={name}>
                {unit ? `${name} (${unit})` : name}
              </MenuItem>
            ))}
          </Select>
        )}
      </Option>
      {split && (
        <>
          <LabelChoice
            title={t('builder.run.train')}
            dataset={dataset}
            chosen={split.train}
            testId="run-train"
            onChange={(train) => {
              if (train.length > 0) onChange({ split: { train, test: split.test.filter((l) => !train.includes(l)) } });
            }}
          />
          <LabelChoice
            title={t('builder.run.test')}
            dataset={dataset}
            chosen={split.test}
            testId="run-test"
            onChange={(test) => {
              const train = split.train.filter((label) => !test.includes(label));
              if (train.length > 0) onChange({ split: { train, test } });
            }}
          />
        </>
      )}
      <Option label={t('builder.run.seed')}>
        {() => (
          <NumberField
            parameter={SEED}
            value={setup.seed}
            label={t('builder.run.seed')}
            onChange={(seed) => onChange({ seed: seed ?? 0 })}
            testId="run-seed"
          />
        )}
      </Option>
      <Typography variant="caption" color="text.secondary" data-testid="run-counts">
        {setup.nTest > 0
          ? t('builder.run.counts', { train: formatCount(setup.nTrain), test: formatCount(setup.nTest) })
          : t('builder.run.noTest', { train: formatCount(setup.nTrain) })}
      </Typography>
      {children}
    </Box>
  );
});

const SEED = {
  name: 'seed',
  title: 'seed',
  description: '',
  type: 'integer' as const,
  nullable: false,
  default: 0,
  min: 0,
};

function Option({ label, children }: { readonly label: string; readonly children: (labelId: string) => ReactNode }) {
  const id = useId();
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75 }}>
      <Typography id={id} variant="caption" color="text.secondary">
        {label}
      </Typography>
      {children(id)}
    </Box>
  );
}

interface LabelChoiceProps {
  readonly title: string;
  readonly dataset: DatasetSummary;
  readonly chosen: readonly string[];
  readonly onChange: (labels: string[]) => void;
  readonly testId: string;
}

/** Labels of the data's own split, several at once. */
function LabelChoice({ title, dataset, chosen, onChange, testId }: LabelChoiceProps) {
  return (
    <Option label={title}>
      {(id) => (
        <Select
          multiple
          displayEmpty
          labelId={id}
          value={[...chosen]}
          onChange={({ target: { value } }) => onChange(typeof value === 'string' ? value.split(',') : value)}
          renderValue={(labels) => (labels.length > 0 ? labels.join(', ') : t('builder.run.nobody'))}
          data-testid={testId}
          sx={{ minWidth: 64 }}
        >
          {(dataset.split ?? []).map(({ label, samples }) => (
            <MenuItem key={label} value={label}>
              {label}
              <Typography component="span" variant="caption" color="text.secondary" sx={{ ml: 2 }}>
                {t('builder.run.samples', { n: samples })}
              </Typography>
            </MenuItem>
          ))}
        </Select>
      )}
    </Option>
  );
}
