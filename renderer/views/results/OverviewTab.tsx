import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import type { FoldScores } from '#core/contract/results.ts';
import type { CvBest, Scores } from '#core/contract/runTypes.ts';
import { agreementOf } from '#renderer/charts/predictedMeasuredOption.ts';
import { ClassScoreCard } from '#renderer/components/ClassScoreCard.tsx';
import type { ClassScores } from '#renderer/components/ClassScoreCard.tsx';
import { formatError } from '#renderer/components/formatError.ts';
import { onlyParams, paramsInWords } from '#renderer/components/paramsInWords.ts';
import { RefitTable } from '#renderer/components/RefitTable.tsx';
import type { RefitRow } from '#renderer/components/RefitTable.tsx';
import { ScoreCard } from '#renderer/components/ScoreCard.tsx';
import type { FinalScores } from '#renderer/components/ScoreCard.tsx';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { formatCount, formatDate, formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { runMetric } from '#renderer/state/runMetric.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { FiguresTable } from '#renderer/views/results/FiguresTable.tsx';
import type { FigureRow } from '#renderer/views/results/FiguresTable.tsx';
import { scoreFigures } from '#core/contract/scoreFigures.ts';
import { MetaModelPanel } from '#renderer/views/results/MetaModelPanel.tsx';
import { StepList } from '#renderer/views/results/StepList.tsx';
import { usePredictedGroups } from '#renderer/views/results/usePredictedGroups.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** The scores, what the variant does to a spectrum, and where everything comes from. */
export function OverviewTab({ run, variant }: DetailProps) {
  const folds = useCall('results.folds', { runId: run.id, variant: variant.variant });
  const scores = folds.status === 'ready' && !folds.stale ? folds.value : [];
  const isClassification = run.result?.task === 'classification';
  const ensemble = isEnsemble({ run, variant }) ? (run.result?.foldEnsemble ?? 0) : 0;
  const refits = run.result?.refits ?? [];
  return (
    <Box
      sx={{ display: 'flex', flexDirection: 'column', gap: 2.5, containerType: 'inline-size' }}
      data-testid="overview"
    >
      {isClassification ? (
        <ClassScoreCard scores={classScores({ run, variant }, scores)} />
      ) : (
        <ScoreCard scores={cardScores({ run, variant }, scores)} />
      )}
      {ensemble > 0 && (
        <Typography variant="body2" data-testid="ensemble-note">
          {t('results.overview.ensemble', { n: ensemble })}
        </Typography>
      )}
      <MetaModelPanel run={run} variant={variant} />
      {!variant.base && <Choice run={run} />}
      {!variant.base && refits.length > 1 && (
        <Section title={t('results.refit.title')}>
          <Refits run={run} />
        </Section>
      )}
      {variant.tuned !== null && <Tuned run={run} variant={variant} tuned={variant.tuned} />}
      <Section title={t('results.overview.steps')}>
        <StepList run={run} variant={variant} />
      </Section>
      <Section title={t('results.overview.figures')}>
        {isClassification ? (
          <FiguresTable
            rows={classRows()}
            cv={variant.cv}
            train={modelScores({ run, variant }, scores, 'train')}
            test={modelScores({ run, variant }, scores, 'test')}
          />
        ) : (
          <RegressionFigures run={run} variant={variant} scores={scores} />
        )}
      </Section>
      <Section title={t('results.overview.provenance')}>
        <Provenance run={run} variant={variant} />
      </Section>
    </Box>
  );
}

/** The best and the simplest within one standard error of it, and which of the two was refitted. */
function Choice({ run: { result } }: Pick<DetailProps, 'run'>) {
  if (!result?.cvBest || !result.oneStandardError || result.variants < 2) return null;
  const { cvBest, oneStandardError: oneSe, rule } = result;
  const metric = runMetric(result.metric).title;
  const inWords = ({ label, score }: CvBest) => ({ label: shortLabel(label), score: formatScore(score) });
  // Under the one-standard-error rule `cvBest` is what it chose.
  const isSame = oneSe.variant === cvBest.variant;
  const lines =
    rule === 'one_standard_error'
      ? [t('results.choice.oneSe', inWords(oneSe)), t('results.choice.rule.one_standard_error')]
      : [
          t('results.choice.best', { metric, ...inWords(cvBest) }),
          isSame ? t('results.choice.same') : t('results.choice.oneSe', inWords(oneSe)),
          ...(isSame || result.refits.length === 0 ? [] : [t('results.choice.rule.best')]),
        ];
  return (
    <Section title={t('results.overview.choice')}>
      {lines.map((line) => (
        <Typography key={line} variant="body2">
          {line}
        </Typography>
      ))}
    </Section>
  );
}

/** The parameters that finetuning searched, with what it found. */
function Tuned({ run, variant, tuned }: DetailProps & { readonly tuned: Readonly<Record<string, unknown>> }) {
  const answer = useCall('results.trials', { runId: run.id, variant: variant.variant });
  if (answer.status !== 'ready') return null;
  const searched = new Set(answer.value.trials.flatMap(({ params }) => Object.keys(params)));
  return (
    <Section title={t('results.overview.tuned')}>
      <Typography variant="body2" data-testid="tuned">
        {paramsInWords(onlyParams(tuned, searched))}
      </Typography>
    </Section>
  );
}

function Refits({ run }: Pick<DetailProps, 'run'>) {
  const navigate = useAppState((state) => state.navigate);
  const answer = useCall('results.variants', { runId: run.id, sortBy: 'index', offset: 0, limit: 1000 });
  const task = run.result?.task ?? 'regression';
  const known = new Map(answer.status === 'ready' ? answer.value.rows.map((one) => [one.variant, one]) : []);
  const rows = (run.result?.refits ?? []).map((refit): RefitRow => {
    const summary = known.get(refit.variant);
    return { ...refit, cv: (task === 'regression' ? summary?.rmsecv : summary?.cv?.balancedAccuracy) ?? null };
  });
  return (
    <RefitTable
      refits={rows}
      task={task}
      onSelect={(variant) => {
        navigate('results', { runId: run.id, variant });
      }}
    />
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

/** Whether the fold models of this variant together are the model of the run. */
const isEnsemble = ({ run: { result }, variant }: DetailProps): boolean =>
  result !== null && (result.foldEnsemble ?? 0) > 0 && result.cvBest?.variant === variant.variant;

/** Of the refitted model; of the fold models together where they are the model. */
function modelScores(props: DetailProps, folds: readonly FoldScores[], partition: 'train' | 'test'): Scores | null {
  const of = (fold: string): Scores | undefined =>
    folds.find((each) => each.fold === fold && each.partition === partition)?.scores;
  return of('final') ?? (isEnsemble(props) ? of('avg') : undefined) ?? null;
}

function classScores(props: DetailProps, folds: readonly FoldScores[]): ClassScores {
  const { run, variant } = props;
  const metric = runMetric(run.result?.metric ?? 'balancedAccuracy');
  return {
    cv: variant.cv,
    train: modelScores(props, folds, 'train'),
    test: modelScores(props, folds, 'test'),
    folds: run.result?.folds ?? 0,
    nTest: run.result?.nTest ?? 0,
    selection: variant.meanScore === null ? null : { score: metric.title, value: variant.meanScore },
  };
}

/** Only refitted variants have a final model; any other has cross-validation figures alone. */
export function cardScores(props: DetailProps, folds: readonly FoldScores[]): FinalScores {
  const { run, variant } = props;
  const { result } = run;
  const isRmse = (result?.metric ?? 'rmse').toLowerCase() === 'rmse';
  const [train, test] = [modelScores(props, folds, 'train'), modelScores(props, folds, 'test')];
  const held = folds.filter((each) => each.fold.startsWith('fold_') && each.partition === 'validation');
  return {
    unit: result?.targetUnit ?? null,
    rmsecv: variant.rmsecv,
    standardError: isRmse ? variant.scoreSe : null,
    meanOfFolds: isRmse ? variant.meanScore : null,
    folds: result?.folds ?? held.length,
    cvStrategy: result?.cvStrategy ?? null,
    rmsec: train?.rmse ?? null,
    nTrain: variant.n ?? result?.nTrain ?? 0,
    rmsep: test?.rmse ?? null,
    nTest: test?.n ?? result?.nTest ?? 0,
    variants: result?.variants ?? 1,
  };
}

type Figure = Pick<Scores, 'n' | 'rmse' | 'sep' | 'bias' | 'r2' | 'slope' | 'rpd'>;

/** The cross-validation column is computed from the predictions that the plots show. */
function RegressionFigures({ run, variant, scores }: DetailProps & { readonly scores: readonly FoldScores[] }) {
  const { groups } = usePredictedGroups({ run, variant });
  return (
    <FiguresTable<Figure>
      rows={regressionRows()}
      cv={groups.cv.length > 0 ? agreementOf(groups.cv) : null}
      train={modelScores({ run, variant }, scores, 'train')}
      test={modelScores({ run, variant }, scores, 'test')}
    />
  );
}

const classRows = (): FigureRow<Scores>[] => [
  { name: 'n', help: t('results.help.n'), text: ({ n }) => formatCount(n) },
  ...scoreFigures.classification.map((figure) => ({
    name: t(`results.figure.${figure}`),
    help: t(`results.help.${figure}`),
    text: (scores: Scores) => formatNumber(scores[figure], { decimals: 3 }),
  })),
];

const regressionRows = (): FigureRow<Figure>[] => [
  { name: 'n', help: t('results.help.n'), text: ({ n }) => formatCount(n) },
  { name: 'RMSE', help: t('results.help.rmse'), text: ({ rmse }) => formatScore(rmse) },
  { name: 'SEP', help: t('results.help.sep'), text: ({ sep }) => formatScore(sep) },
  { name: 'bias', help: t('results.help.bias'), text: ({ bias, rmse }) => formatError(bias, rmse, { sign: true }) },
  { name: 'R²', help: t('results.help.r2'), text: ({ r2 }) => formatNumber(r2, { decimals: 4 }) },
  {
    name: t('results.slope'),
    help: t('results.help.slope'),
    text: ({ slope }) => formatNumber(slope, { decimals: 3 }),
  },
  { name: 'RPD', help: t('results.help.rpd'), text: ({ rpd }) => formatNumber(rpd, { digits: 3 }) },
];

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
      t(variant.base ? 'results.provenance.base' : 'results.provenance.variant'),
      variant.base
        ? [...variant.branchPath, variant.modelName].join(' › ')
        : t('results.provenance.variantValue', { k: variant.variant + 1, of: result?.variants ?? variant.variant + 1 }),
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
