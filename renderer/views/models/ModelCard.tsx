import { Box, Button, Tooltip, Typography } from '@mui/material';
import type { ModelSummary } from '#core/contract/models.ts';
import { axisUnitLabel, formatAxisValue, formatCount, formatDate, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useModelSteps } from '#renderer/state/useModelSteps.ts';
import { monoFont } from '#renderer/theme/tokens.ts';

interface ModelCardProps {
  readonly model: ModelSummary;
  readonly selected: boolean;
  readonly onExport: () => void;
  readonly onPredict: () => void;
  readonly onResults: () => void;
}

/** One model: what it predicts, from what, how well, and its actions. */
export function ModelCard({ model, selected, onExport, onPredict, onResults }: ModelCardProps) {
  const { name, target, targetUnit, steps, axis, datasetName, nTrain, createdAt, members, deployed, label } = model;
  const range = {
    from: formatAxisValue(axis.from),
    to: formatAxisValue(axis.to),
    unit: axisUnitLabel(axis.unit),
    count: formatCount(axis.count),
  };
  return (
    <Box
      component="li"
      data-testid="model-card"
      aria-current={selected ? 'true' : undefined}
      sx={{
        display: 'grid',
        gridTemplateColumns: 'minmax(220px, 1.5fr) minmax(290px, 1fr) auto',
        columnGap: 3,
        rowGap: 1,
        alignItems: 'center',
        p: 2,
        border: 1,
        borderColor: selected ? 'primary.main' : 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
      }}
    >
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="h3" component="h2" noWrap title={name}>
          {targetUnit ? `${target} / ${targetUnit}` : target}
          <Box component="span" sx={{ color: 'text.secondary', fontWeight: 450, ml: 1 }}>
            {deployed ? name : `${name} · ${label}`}
          </Box>
        </Typography>
        <Typography variant="body2" sx={{ mt: 0.25, overflowWrap: 'anywhere' }}>
          {useModelSteps(steps).join(' → ')}
        </Typography>
        <Typography variant="caption" component="div" color="text.secondary" sx={{ mt: 0.5 }}>
          {t('models.from', { dataset: datasetName, n: nTrain })} · {t('models.axis', range)} ·{' '}
          {t('models.made', { date: formatDate(createdAt) })}
          {members > 1 && ` · ${t('models.folds', { n: members })}`}
          {model.classes && ` · ${t('models.classes', { n: model.classes.length })}`}
        </Typography>
      </Box>
      <Scores model={model} />
      <Box sx={{ display: 'flex', gap: 1, justifyContent: 'flex-end', flexWrap: 'wrap' }}>
        <Button variant="text" onClick={onResults} data-testid="model-results">
          {t('models.results')}
        </Button>
        <Button variant="outlined" onClick={onExport} data-testid="model-export">
          {t('models.export.action')}
        </Button>
        <Button variant="contained" onClick={onPredict} data-testid="model-predict">
          {t('models.predict')}
        </Button>
      </Box>
    </Box>
  );
}

/** Three different kinds of error (or of accuracy), never one column. */
function Scores({ model }: { readonly model: ModelSummary }) {
  const kinds = model.task === 'classification' ? accuracies(model) : errors(model);
  return (
    <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)', gap: 1.5, m: 0 }}>
      {kinds.map(({ name, value, n, help, kind, colour }) => (
        <Tooltip key={kind} title={help}>
          <Box sx={{ borderLeft: 2, borderColor: colour, pl: 1, minWidth: 0 }}>
            <Typography component="dt" variant="caption" color="text.secondary">
              {name}
            </Typography>
            <Box component="dd" sx={{ m: 0 }}>
              <Box
                component="span"
                sx={{
                  fontFamily: monoFont,
                  fontVariantNumeric: 'tabular-nums',
                  fontSize: '1.05rem',
                  letterSpacing: '-0.03em',
                  color: colour === 'text.secondary' ? 'text.secondary' : 'text.primary',
                }}
              >
                {value === null ? '–' : formatScore(value)}
              </Box>
              <Typography variant="caption" component="div" color="text.secondary">
                {value === null && colour === 'secondary.main' ? t('models.noTest') : `${kind}, n = ${formatCount(n)}`}
              </Typography>
            </Box>
          </Box>
        </Tooltip>
      ))}
    </Box>
  );
}

interface Kind {
  readonly name: string;
  readonly value: number | null;
  readonly n: number;
  readonly help: string;
  readonly kind: string;
  readonly colour: string;
}

function accuracies({ cv, train, test, nTrain, nTest }: ModelSummary): Kind[] {
  const name = t('models.balancedAccuracy');
  const help = t('models.balancedAccuracy.help');
  const of = (scores: ModelSummary['cv']): number | null => scores?.balancedAccuracy ?? null;
  return [
    { name, help, value: of(cv), n: cv?.n ?? nTrain, kind: t('models.kind.cv'), colour: 'primary.main' },
    { name, help, value: of(train), n: train?.n ?? nTrain, kind: t('models.kind.training'), colour: 'text.secondary' },
    { name, help, value: of(test), n: test?.n ?? nTest, kind: t('models.kind.test'), colour: 'secondary.main' },
  ];
}

function errors({ rmsecv, rmsec, rmsep, nTrain, nTest }: ModelSummary): Kind[] {
  return [
    {
      name: 'RMSECV',
      value: rmsecv,
      n: nTrain,
      help: t('results.score.rmsecv.definition'),
      kind: t('models.kind.cv'),
      colour: 'primary.main',
    },
    {
      name: 'RMSEC',
      value: rmsec,
      n: nTrain,
      help: t('results.score.rmsec.definition'),
      kind: t('models.kind.training'),
      colour: 'text.secondary',
    },
    {
      name: 'RMSEP',
      value: rmsep,
      n: nTest,
      help: t('results.score.rmsep.definition'),
      kind: t('models.kind.test'),
      colour: 'secondary.main',
    },
  ];
}
