import { Alert, Box, Button, MenuItem, Skeleton, TextField, Typography } from '@mui/material';
import type { ModelSummary } from '#core/contract/models.ts';
import type { GrantedFile } from '#core/contract/shell.ts';
import { Card } from '#renderer/components/Card.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { axisUnitLabel, formatAxisValue, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { openWithDialog } from '#renderer/state/openData.ts';
import { useCall } from '#renderer/state/useCall.ts';
import type { CallState } from '#renderer/state/useCall.ts';

interface ModelCardProps {
  readonly models: CallState<ModelSummary[]>;
  readonly run: ModelSummary | null;
  readonly file: GrantedFile | null;
  readonly onRun: (model: ModelSummary) => void;
  readonly onFile: (file: GrantedFile | null) => void;
}

/** Which model predicts, and what it is made for. */
export function ModelCard({ models, run, file, onRun, onFile }: ModelCardProps) {
  const open = (
    <Button variant="outlined" data-testid="open-model" onClick={() => void openWithDialog('model')}>
      {t('predict.model.open')}
    </Button>
  );
  return (
    <Card title={t('predict.step.model')} actions={open} testId="predict-model">
      {file ? (
        <ModelFile
          file={file}
          onWorkspace={() => {
            onFile(null);
          }}
        />
      ) : models.status === 'failed' ? (
        <ErrorNotice message={models.message} details={models.details} onRetry={models.reload} />
      ) : models.status !== 'ready' ? (
        <Skeleton height={60} />
      ) : run === null ? (
        <Typography variant="body2" color="textSecondary">
          {t('predict.model.none')}
        </Typography>
      ) : (
        <>
          <TextField
            select
            fullWidth
            label={t('predict.model.choose')}
            value={keyOf(run)}
            onChange={(event) => {
              const chosen = models.value.find((model) => keyOf(model) === event.target.value);
              if (chosen) onRun(chosen);
            }}
            slotProps={{ htmlInput: { 'data-testid': 'predict-run', 'aria-label': t('predict.model.choose') } }}
            sx={{ mt: 0.5 }}
          >
            {models.value.map((model) => (
              <MenuItem key={keyOf(model)} value={keyOf(model)}>
                {t('predict.model.workspaceOption', {
                  name: model.deployed ? model.name : `${model.name} · ${model.label}`,
                  target: model.target,
                })}
              </MenuItem>
            ))}
          </TextField>
          <Facts
            lines={[
              axisWords(run.axis),
              t('predict.model.steps', { steps: run.steps.join(' → ') }),
              ...(run.classes ? [t('predict.model.classes', { names: run.classes.join(', ') })] : []),
              ...(run.members > 1 ? [t('predict.model.folds', { n: run.members })] : []),
              trainedWords(run),
            ]}
          />
        </>
      )}
    </Card>
  );
}

function ModelFile({ file, onWorkspace }: { readonly file: GrantedFile; readonly onWorkspace: () => void }) {
  const model = useCall('models.open', { file: file.file });
  return (
    <Box>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t('predict.model.file', { name: file.name })}
      </Typography>
      {model.status === 'loading' && <Typography variant="caption">{t('predict.model.opening')}</Typography>}
      {model.status === 'failed' && <ErrorNotice message={model.message} details={model.details} />}
      {model.status === 'ready' && (
        <>
          <Facts
            lines={[
              [model.value.name, model.value.target, model.value.targetUnit].filter(Boolean).join(' · '),
              model.value.axis ? axisWords(model.value.axis) : t('predict.model.noAxis'),
              ...(model.value.steps.length > 0
                ? [t('predict.model.steps', { steps: model.value.steps.join(' → ') })]
                : []),
              ...(model.value.classes ? [t('predict.model.classes', { names: model.value.classes.join(', ') })] : []),
              ...(model.value.members > 1 ? [t('predict.model.folds', { n: model.value.members })] : []),
            ]}
          />
          {model.value.problems.length > 0 && (
            <Alert severity="warning" sx={{ mt: 1 }}>
              {t('predict.model.problems')}: {model.value.problems.join(' ')}
            </Alert>
          )}
        </>
      )}
      <Button onClick={onWorkspace} sx={{ ml: -1.5 }}>
        {t('predict.model.use')}
      </Button>
    </Box>
  );
}

const keyOf = ({ runId, variant }: ModelSummary): string => `${runId} ${variant}`;

const trainedWords = ({ task, rmsecv, rmsep, cv, test, nTrain: n, datasetName: dataset }: ModelSummary): string =>
  task === 'classification'
    ? t('predict.model.trainedClasses', {
        cv: formatScore(cv?.balancedAccuracy ?? null),
        test: formatScore(test?.balancedAccuracy ?? null),
        n,
        dataset,
      })
    : t('predict.model.trained', { rmsecv: formatScore(rmsecv), rmsep: formatScore(rmsep), n, dataset });

const Facts = ({ lines }: { readonly lines: readonly string[] }) => (
  <Box sx={{ mt: 1 }}>
    {lines.map((line) => (
      <Typography key={line} variant="body2" color="textSecondary">
        {line}
      </Typography>
    ))}
  </Box>
);

const axisWords = ({ from, to, count, unit }: ModelSummary['axis']): string =>
  t('predict.model.axis', {
    from: formatAxisValue(from),
    to: formatAxisValue(to),
    unit: axisUnitLabel(unit),
    n: count,
  });
