import { Box } from '@mui/material';
import { ScoreFigure } from '#renderer/components/ScoreFigure.tsx';
import { ScoreScale } from '#renderer/components/ScoreScale.tsx';
import { formatPercent, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

export interface FinalScores {
  readonly unit: string | null;
  /** Pooled over all out-of-fold predictions. */
  readonly rmsecv: number | null;
  /** Standard error of the mean of the fold RMSEs. */
  readonly standardError: number | null;
  readonly meanOfFolds: number | null;
  readonly folds: number;
  readonly cvStrategy: string | null;
  readonly rmsec: number | null;
  readonly nTrain: number;
  readonly rmsep: number | null;
  readonly nTest: number;
  /** How many variants competed: the winner's RMSECV is the best of them. */
  readonly variants: number;
}

/** RMSECV, RMSEC and RMSEP as three different kinds of number, each with its n and what it means, on one scale. */
export function ScoreCard({ scores }: { readonly scores: FinalScores }) {
  const { unit, rmsecv, rmsec, rmsep, nTrain, nTest, folds, meanOfFolds } = scores;
  return (
    <Box
      data-testid="score-card"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(3, minmax(150px, 1fr)) minmax(220px, 1.5fr)',
        columnGap: 3,
        rowGap: 1.5,
        '@container (max-width: 760px)': { gridTemplateColumns: 'repeat(3, minmax(0, 1fr))' },
        '@container (max-width: 470px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
      }}
    >
      <ScoreFigure
        kind={t('results.score.cv')}
        name="RMSECV"
        tone="primary.main"
        value={rmsecv}
        unit={unit}
        definition={t('results.score.rmsecv.definition')}
        testId="score-rmsecv"
        note={rmsecv === null ? t('results.score.noCv') : t('results.score.rmsecv.note', { folds, n: nTrain })}
        detail={meanOfFolds === null ? null : t('results.score.meanOfFolds', { value: formatScore(meanOfFolds) })}
      />
      <ScoreFigure
        kind={t('results.score.training')}
        name="RMSEC"
        tone="text.secondary"
        muted
        value={rmsec}
        unit={unit}
        definition={t('results.score.rmsec.definition')}
        testId="score-rmsec"
        note={rmsec === null ? t('results.score.notRefitted') : t('results.score.rmsec.note', { n: nTrain })}
        detail={rmsec === null ? null : t('results.score.optimistic')}
      />
      <ScoreFigure
        kind={t('results.score.test')}
        name="RMSEP"
        tone="secondary.main"
        value={rmsep}
        unit={unit}
        definition={t('results.score.rmsep.definition')}
        testId="score-rmsep"
        note={
          rmsep === null
            ? nTest > 0
              ? t('results.score.notRefitted')
              : t('results.score.noTest')
            : t('results.score.rmsep.note', { n: nTest })
        }
        detail={rmsep === null || rmsecv === null ? null : gapInWords(rmsep / rmsecv - 1)}
      />
      <Box sx={{ '@container (max-width: 760px)': { gridColumn: '1 / -1' } }}>
        <ScoreScale scores={scores} />
      </Box>
    </Box>
  );
}

/** How far the test error lies from the cross-validation error. */
function gapInWords(gap: number): string {
  const share = formatPercent(Math.min(Math.abs(gap), 9.99));
  if (Math.abs(gap) < 0.01) return t('results.score.gap.none');
  return gap > 0 ? t('results.score.gap.above', { share }) : t('results.score.gap.below', { share });
}
