import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import type { FoldScores } from '#core/contract/results.ts';
import type { Scores } from '#core/contract/runs.ts';
import { agreementOf } from '#renderer/charts/predictedMeasuredOption.ts';
import type { PredictedGroup } from '#renderer/charts/predictedMeasuredOption.ts';
import { ScoreCard } from '#renderer/components/ScoreCard.tsx';
import type { FinalScores } from '#renderer/components/ScoreCard.tsx';
import { formatError } from '#renderer/components/formatError.ts';
import { formatCount, formatDate, formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { usePredictedGroups } from '#renderer/views/results/usePredictedGroups.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** The scores, what the variant does to a spectrum, and where everything comes from. */
export function OverviewTab({ run, variant }: DetailProps) {
  const folds = useCall('results.folds', { runId: run.id, variant: variant.variant });
  const { groups } = usePredictedGroups({ run, variant });
  const scores = folds.status === 'ready' && !folds.stale ? folds.value : [];
  const final = (partition: 'train' | 'test'): Scores | null =>
    scores.find((each) => each.fold === 'final' && each.partition === partition)?.scores ?? null;
  return (
    <Box
      sx={{ display: 'flex', flexDirection: 'column', gap: 2.5, containerType: 'inline-size' }}
      data-testid="overview"
    >
      <ScoreCard scores={cardScores({ run, variant }, scores)} />
      <Section title={t('results.overview.steps')}>
        <Box component="ol" sx={{ m: 0, pl: 2.5, typography: 'body2' }}>
          {variant.steps.map((step, k) => (
            <li key={k}>{step}</li>
          ))}
        </Box>
      </Section>
      <Section title={t('results.overview.figures')}>
        <Figures cv={groups.cv} train={final('train')} test={final('test')} />
      </Section>
      <Section title={t('results.overview.provenance')}>
        <Provenance run={run} variant={variant} />
      </Section>
    </Box>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Box component="section">
      <Typography variant="h5" component="h3" sx={{ mb: 0.75 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}

/** Only the chosen variant was refitted; any other has cross-validation figures alone. */
export function cardScores({ run, variant }: DetailProps, folds: readonly FoldScores[]): FinalScores {
  const { result } = run;
  const isRmse = (result?.metric ?? 'rmse').toLowerCase() === 'rmse';
  const final = (partition: 'train' | 'test'): Scores | undefined =>
    folds.find((each) => each.fold === 'final' && each.partition === partition)?.scores;
  const held = folds.filter((each) => each.fold.startsWith('fold_') && each.partition === 'validation');
  return {
    unit: result?.targetUnit ?? null,
    rmsecv: variant.rmsecv,
    standardError: isRmse ? variant.scoreSe : null,
    meanOfFolds: isRmse ? variant.meanScore : null,
    folds: result?.folds ?? held.length,
    cvStrategy: result?.cvStrategy ?? null,
    rmsec: final('train')?.rmse ?? null,
    nTrain: variant.n ?? result?.nTrain ?? 0,
    rmsep: final('test')?.rmse ?? null,
    nTest: final('test')?.n ?? result?.nTest ?? 0,
    variants: result?.variants ?? 1,
  };
}

interface FiguresProps {
  readonly cv: readonly PredictedGroup[];
  readonly train: Scores | null;
  readonly test: Scores | null;
}

type Row = readonly [name: string, help: string, pick: (scores: Figure) => string];
type Figure = Pick<Scores, 'n' | 'rmse' | 'sep' | 'bias' | 'r2' | 'slope' | 'rpd'>;

/** Three columns that answer different questions, each under its own heading. */
function Figures({ cv, train, test }: FiguresProps) {
  const columns: [string, Figure | null][] = [
    [t('results.score.cv'), cv.length > 0 ? agreementOf(cv) : null],
    [t('results.score.training'), train],
    [t('results.score.test'), test],
  ];
  const rows: Row[] = [
    ['n', t('results.help.n'), ({ n }) => formatCount(n)],
    ['RMSE', t('results.help.rmse'), ({ rmse }) => formatScore(rmse)],
    ['SEP', t('results.help.sep'), ({ sep }) => formatScore(sep)],
    ['bias', t('results.help.bias'), ({ bias, rmse }) => formatError(bias, rmse, { sign: true })],
    ['R²', t('results.help.r2'), ({ r2 }) => formatNumber(r2, { decimals: 4 })],
    [t('results.slope'), t('results.help.slope'), ({ slope }) => formatNumber(slope, { decimals: 3 })],
    ['RPD', t('results.help.rpd'), ({ rpd }) => formatNumber(rpd, { digits: 3 })],
  ];
  return (
    <Table size="small" sx={{ maxWidth: 560 }} data-testid="figures">
      <TableHead>
        <TableRow>
          <TableCell />
          {columns.map(([title]) => (
            <TableCell key={title} align="right">
              {title}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(([name, help, pick]) => (
          <TableRow key={name}>
            <TableCell component="th" scope="row" title={help}>
              {name}
            </TableCell>
            {columns.map(([title, scores]) => (
              <TableCell key={title} align="right" className="num">
                {scores ? pick(scores) : '–'}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Provenance({ run, variant }: DetailProps) {
  const { result } = run;
  const facts: [string, string][] = [
    [
      t('results.provenance.dataset'),
      t('results.provenance.datasetValue', { name: run.datasetName, hash: run.datasetHash }),
    ],
    [t('results.provenance.target'), result?.targetUnit ? `${run.target} / ${result.targetUnit}` : run.target],
    [
      t('results.provenance.samples'),
      result ? t('results.provenance.samplesValue', { train: result.nTrain, test: result.nTest }) : '–',
    ],
    [t('results.provenance.cv'), result?.cvStrategy ?? '–'],
    [t('results.provenance.run'), `${run.id} · ${formatDate(run.startedAt)}`],
    [
      t('results.provenance.variant'),
      t('results.provenance.variantValue', { k: variant.variant + 1, of: result?.variants ?? variant.variant + 1 }),
    ],
    [t('results.provenance.seed'), String(run.seed)],
    [t('results.provenance.version'), t('results.provenance.versionValue', { version: run.appVersion })],
  ];
  return (
    <Box
      component="dl"
      data-testid="provenance"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'max-content 1fr',
        columnGap: 2,
        rowGap: 0.25,
        m: 0,
        typography: 'body2',
      }}
    >
      {facts.map(([name, value]) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <Box component="dt" sx={{ color: 'text.secondary' }}>
            {name}
          </Box>
          <Box component="dd" className="num" sx={{ m: 0, overflowWrap: 'anywhere' }}>
            {value}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
