import { Box } from '@mui/material';
import { BranchName } from '#renderer/builder/BranchName.tsx';
import { t } from '#renderer/locales/t.ts';

interface BranchHeadingProps {
  readonly path: readonly string[];
  readonly letters: readonly string[];
  readonly models: number;
}

/** Stands above the base models of a branch in the grid of folds. */
export function BranchHeading({ path, letters, models }: BranchHeadingProps) {
  return (
    <Box
      role="cell"
      title={t('runs.grid.base.help')}
      data-testid="grid-branch"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 0.75,
        height: '100%',
        pl: 0.5,
        fontSize: '0.72rem',
        fontWeight: 600,
        color: 'text.secondary',
        whiteSpace: 'nowrap',
        borderBottom: 1,
        borderColor: 'divider',
        gridColumn: '1 / -1',
      }}
    >
      {path.length > 0 && <BranchName path={path} letters={letters} />}
      <Box component="span" sx={{ fontWeight: 450 }}>
        {t('runs.grid.base', { n: models })}
      </Box>
    </Box>
  );
}
