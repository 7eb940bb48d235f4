import { Box, IconButton, Tooltip, Typography } from '@mui/material';
import { useMemo } from 'react';
import type { OperatorDescriptor } from '#core/contract/operators.ts';
import { iconOf } from '#renderer/builder/iconOf.ts';
import { readDocument } from '#renderer/builder/readDocument.ts';
import { stepShortName } from '#renderer/builder/stepWords.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { formatCount } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';

interface PipelineCardProps {
  readonly name: string;
  readonly note: string;
  readonly text: string;
  readonly operators: readonly OperatorDescriptor[];
  readonly onOpen: () => void;
  readonly actions: readonly { readonly label: string; readonly icon: string; readonly run: () => void }[];
  readonly testId: string;
}

/** A pipeline in the library: its name, its steps in a row, and what can be done with it. */
export function PipelineCard({ name, note, text, operators, onOpen, actions, testId }: PipelineCardProps) {
  const { steps, unreadable } = useMemo(() => readDocument(text, operators), [text, operators]);
  return (
    <Box
      component="li"
      sx={{
        position: 'relative',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1.5,
        bgcolor: 'background.paper',
        '&:hover': { borderColor: 'primary.main' },
      }}
      data-testid={testId}
    >
      <Box
        component="button"
        type="button"
        onClick={onOpen}
        aria-label={t('builder.library.open', { name })}
        sx={whole}
      >
        <Typography variant="h4" component="span" sx={{ pr: 4 * actions.length, overflowWrap: 'anywhere' }}>
          {name}
        </Typography>
        <Typography variant="caption" color="text.secondary" component="span">
          {note}
        </Typography>
        <Box component="span" sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mt: 0.5 }}>
          {unreadable && (
            <Typography variant="caption" color="error" component="span">
              {t('builder.unreadable.title', { line: unreadable.line })}
            </Typography>
          )}
          {steps.map((step, k) => (
            <Box component="span" key={k} sx={{ ...chip, opacity: step.enabled ? 1 : 0.5 }}>
              <Icon path={iconOf(step)} size={14} />
              {stepShortName(step)}
              {step.sweepCount > 1 && (
                <Box component="span" className="num" sx={{ color: 'text.secondary' }}>
                  ×{formatCount(step.sweepCount)}
                </Box>
              )}
            </Box>
          ))}
        </Box>
      </Box>
      <Box sx={{ position: 'absolute', top: 8, right: 8, display: 'flex' }}>
        {actions.map(({ label, icon, run }) => (
          <Tooltip key={label} title={label}>
            <IconButton onClick={run} aria-label={`${label}: ${name}`}>
              <Icon path={icon} />
            </IconButton>
          </Tooltip>
        ))}
      </Box>
    </Box>
  );
}

const whole = {
  display: 'flex',
  flexDirection: 'column',
  gap: 0.5,
  width: '100%',
  height: '100%',
  p: 2,
  border: 0,
  borderRadius: 'inherit',
  background: 'none',
  font: 'inherit',
  color: 'inherit',
  textAlign: 'left',
  cursor: 'pointer',
} as const;
const chip = {
  display: 'inline-flex',
  alignItems: 'center',
  gap: 0.5,
  px: 0.75,
  minHeight: 22,
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  fontSize: '0.75rem',
} as const;
