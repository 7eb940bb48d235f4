import { Box, Tooltip, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { formatScore } from '#renderer/locales/format.ts';
import { monoFont } from '#renderer/theme/tokens.ts';

export interface ScoreFigureProps {
  readonly kind: string;
  readonly name: string;
  readonly tone: string;
  readonly muted?: boolean;
  readonly value: number | null;
  readonly unit: string | null;
  readonly definition: string;
  readonly note: ReactNode;
  readonly detail: string | null;
  readonly testId: string;
}

/** One kind of score with its name, its n and what it means. */
export function ScoreFigure(props: ScoreFigureProps) {
  const { kind, name, tone, muted = false, value, unit, definition, note, detail, testId } = props;
  return (
    <Box sx={{ borderLeft: 3, borderLeftStyle: muted ? 'dotted' : 'solid', borderColor: tone, pl: 1.5, minWidth: 0 }}>
      <Typography variant="overline" component="div" color="textSecondary" noWrap>
        {kind}
      </Typography>
      <Tooltip title={definition}>
        <Box
          tabIndex={0}
          aria-label={`${name}: ${definition}`}
          sx={{ display: 'inline-flex', alignItems: 'baseline', gap: 0.75, borderRadius: 0.5 }}
        >
          <Typography
            component="span"
            sx={{ fontWeight: 620, fontSize: '0.8125rem', borderBottom: '1px dotted', borderColor: 'text.secondary' }}
          >
            {name}
          </Typography>
          <Typography
            component="span"
            data-testid={testId}
            sx={{
              fontFamily: monoFont,
              fontVariantNumeric: 'tabular-nums',
              fontSize: '1.5rem',
              letterSpacing: '-0.03em',
              lineHeight: 1.25,
              fontWeight: muted ? 400 : 560,
              color: muted || value === null ? 'text.secondary' : 'text.primary',
            }}
          >
            {value === null ? '–' : formatScore(value)}
          </Typography>
          {value !== null && unit && (
            <Typography component="span" variant="body2" color="textSecondary">
              {unit}
            </Typography>
          )}
        </Box>
      </Tooltip>
      <Typography variant="caption" component="div" color="textSecondary">
        {note}
      </Typography>
      {detail && (
        <Typography variant="caption" component="div" color="textSecondary">
          {detail}
        </Typography>
      )}
    </Box>
  );
}
