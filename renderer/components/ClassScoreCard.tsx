import { Box } from '@mui/material';
import { ScoreFigure } from '#renderer/components/ScoreFigure.tsx';
import type { Scores } from '#core/contract/runTypes.ts';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

export interface ClassScores {
  readonly cv: Scores | null;
  readonly train: Scores | null;
  readonly test: Scores | null;
  readonly folds: number;
  /** Test samples there are, predicted or not. */
  readonly nTest: number;
  /** Name of the run's metric and the mean of the folds under it; null where it says the same as the rest. */
  readonly selection: { readonly score: string; readonly value: number } | null;
}

/** Balanced accuracy out of fold, on the training and on the test samples: three kinds of number, each with its n. */
export function ClassScoreCard({ scores }: { readonly scores: ClassScores }) {
  const { cv, train, test, folds, nTest, selection } = scores;
  const name = t('results.figure.balancedAccuracy');
  const common = { name, unit: null, definition: t('results.score.balancedAccuracy.definition') };
  const accuracy = (of: Scores | null): string | null =>
    of === null ? null : `${t('results.figure.accuracy')} ${formatScore(of.accuracy)}`;
  return (
    <Box
      data-testid="score-card"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(3, minmax(150px, 1fr))',
        columnGap: 3,
        rowGap: 1.5,
        '@container (max-width: 560px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
      }}
    >
      <ScoreFigure
        {...common}
        kind={t('results.score.cv')}
        tone="primary.main"
        value={cv?.balancedAccuracy ?? null}
        testId="score-cv"
        note={cv === null ? t('results.score.noCv') : t('results.score.class.cv', { folds, n: cv.n })}
        detail={
          selection === null
            ? accuracy(cv)
            : t('results.score.class.meanOfFolds', { score: selection.score, value: formatScore(selection.value) })
        }
      />
      <ScoreFigure
        {...common}
        kind={t('results.score.training')}
        tone="text.secondary"
        muted
        value={train?.balancedAccuracy ?? null}
        testId="score-train"
        note={train === null ? t('results.score.notRefitted') : t('results.score.rmsec.note', { n: train.n })}
        detail={train === null ? null : t('results.score.optimistic')}
      />
      <ScoreFigure
        {...common}
        kind={t('results.score.test')}
        tone="secondary.main"
        value={test?.balancedAccuracy ?? null}
        testId="score-test"
        note={
          test === null
            ? t(nTest > 0 ? 'results.score.notRefitted' : 'results.score.class.noTest')
            : t('results.score.rmsep.note', { n: test.n })
        }
        detail={accuracy(test)}
      />
    </Box>
  );
}
