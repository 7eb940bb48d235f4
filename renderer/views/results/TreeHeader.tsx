import { Box, Tooltip } from '@mui/material';
import { t } from '#renderer/locales/t.ts';
import type { TreeColumn, TreeColumns } from '#renderer/views/results/treeColumns.ts';
import { cvShade, finalShade, stickyName } from '#renderer/views/results/treeStyles.ts';

const BAND_HEIGHT = 22;
export const HEADER_HEIGHT = BAND_HEIGHT + 26;

/** Two headers for two kinds of number: what cross-validation estimates, and what the final model was found to do. */
export function TreeHeader({ columns: { cv, final, template } }: { readonly columns: TreeColumns }) {
  const grid = { display: 'grid', gridTemplateColumns: template, alignItems: 'stretch' };
  return (
    <Box
      role="rowgroup"
      sx={{
        position: 'sticky',
        top: 0,
        zIndex: 3,
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Box role="row" aria-rowindex={1} sx={{ ...grid, height: BAND_HEIGHT }}>
        <Box role="presentation" sx={{ ...stickyName, bgcolor: 'background.paper' }} />
        <Box
          role="columnheader"
          aria-colspan={cv.length}
          sx={{ ...band, ...cvShade, gridColumn: `2 / span ${cv.length}`, color: 'primary.main' }}
        >
          {t('results.band.cv')}
        </Box>
        <Box
          role="columnheader"
          aria-colspan={final.length}
          sx={{
            ...band,
            ...finalShade,
            gridColumn: `${cv.length + 3} / span ${final.length}`,
            color: 'secondary.main',
          }}
        >
          {t('results.band.final')}
        </Box>
      </Box>
      <Box role="row" aria-rowindex={2} sx={{ ...grid, height: HEADER_HEIGHT - BAND_HEIGHT }}>
        <Box role="columnheader" sx={{ ...stickyName, ...head, bgcolor: 'background.paper' }}>
          {t('results.column.name')}
        </Box>
        {cv.map((column) => (
          <HeadCell key={column.key} column={column} shade={cvShade} />
        ))}
        <span />
        {final.map((column) => (
          <HeadCell key={column.key} column={column} shade={finalShade} />
        ))}
      </Box>
    </Box>
  );
}

function HeadCell({ column: { title, help }, shade }: { readonly column: TreeColumn; readonly shade: object }) {
  return (
    <Tooltip title={t(help)}>
      <Box role="columnheader" sx={{ ...head, ...shade, justifyContent: 'flex-end' }}>
        {title}
      </Box>
    </Tooltip>
  );
}

const head = {
  display: 'flex',
  alignItems: 'center',
  px: 0.5,
  fontSize: '0.7rem',
  fontWeight: 600,
  color: 'text.secondary',
  whiteSpace: 'nowrap',
};
const band = {
  display: 'grid',
  placeItems: 'center',
  fontSize: '0.64rem',
  fontWeight: 640,
  letterSpacing: '0.08em',
  textTransform: 'uppercase',
};
