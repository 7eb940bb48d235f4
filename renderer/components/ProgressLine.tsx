import { Box, Button, LinearProgress, Typography } from '@mui/material';
import { formatCount, formatPercent } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

interface ProgressLineProps {
  /** A verb with its object: "Reading spectra". */
  readonly doing: string;
  readonly done?: number;
  readonly total?: number;
  readonly unit?: string;
  readonly onCancel?: () => void;
  readonly cancelling?: boolean;
}

/** What is being done, how far it is, and a way out. Without a total the bar only says that something goes on. */
export function ProgressLine({ doing, done, total, unit, onCancel, cancelling = false }: ProgressLineProps) {
  const fraction = done !== undefined && total ? Math.min(done / total, 1) : null;
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }} role="status" data-testid="progress-line">
      <Box sx={{ flex: 1, minWidth: 120 }}>
        <Box sx={{ display: 'flex', justifyContent: 'space-between', mb: 0.5 }}>
          <Typography variant="body2">{doing}</Typography>
          {fraction !== null && (
            <Typography variant="body2" color="textSecondary" className="num">
              {formatCount(done ?? 0)} / {formatCount(total ?? 0)} {unit} · {formatPercent(fraction)}
            </Typography>
          )}
        </Box>
        <LinearProgress
          aria-label={doing}
          variant={fraction === null ? 'indeterminate' : 'determinate'}
          value={(fraction ?? 0) * 100}
        />
      </Box>
      {onCancel && (
        <Button variant="outlined" disabled={cancelling} onClick={onCancel}>
          {cancelling ? t('shell.status.cancelling') : t('shell.cancel')}
        </Button>
      )}
    </Box>
  );
}
