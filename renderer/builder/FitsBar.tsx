import {
  mdiAlertCircleOutline,
  mdiAlertOutline,
  mdiCheckCircleOutline,
  mdiChevronDown,
  mdiChevronUp,
  mdiInformationOutline,
  mdiPlay,
} from '@mdi/js';
import { Box, Button, Link, Typography } from '@mui/material';
import { memo, useState } from 'react';
import type { PipelineCheck, Problem } from '#core/contract/pipelines.ts';
import { fitsInWords } from '#renderer/builder/fitsInWords.ts';
import { keyLabel } from '#renderer/builder/keyLabel.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { Kbd } from '#renderer/components/Kbd.tsx';
import { t } from '#renderer/locales/t.ts';

interface FitsBarProps {
  /** Null until the first answer. */
  readonly check: PipelineCheck | null;
  /** There are steps to count. */
  readonly countable: boolean;
  /** Why it cannot run although the document is fine: no data, engine not ready. */
  readonly blocked: string | null;
  readonly starting: boolean;
  readonly onRun: () => void;
  readonly onShow: (problem: Problem) => void;
  readonly onFix: (text: string) => void;
}

/** What will be computed, what stands in its way, and the button that starts it. */
export const FitsBar = memo(function FitsBar({
  check,
  countable,
  blocked,
  starting,
  onRun,
  onShow,
  onFix,
}: FitsBarProps) {
  const [open, setOpen] = useState(true);
  const problems = [...(check?.problems ?? [])].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.filter(({ severity }) => severity === 'warning').length;
  return (
    <Box
      sx={{ borderTop: 1, borderColor: 'divider', bgcolor: 'background.paper', flexShrink: 0 }}
      data-testid="fits-bar"
    >
      {open && problems.length > 0 && (
        <Box
          component="ul"
          aria-label={t('builder.problems.label')}
          sx={{
            m: 0,
            p: 0,
            listStyle: 'none',
            maxHeight: 118,
            overflow: 'auto',
            borderBottom: 1,
            borderColor: 'divider',
          }}
        >
          {problems.map((problem, k) => (
            <ProblemLine key={k} problem={problem} onShow={onShow} onFix={onFix} />
          ))}
        </Box>
      )}
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, px: 2, minHeight: 48 }}>
        <Typography variant="body2" sx={{ flex: 1, minWidth: 0 }} data-testid="fit-count" aria-live="polite">
          {check && countable ? fitsInWords(check) : ''}
        </Typography>
        {check && countable && problems.length === 0 && blocked === null && (
          <Typography variant="caption" sx={{ display: 'flex', gap: 0.5, alignItems: 'center', color: 'success.main' }}>
            <Icon path={mdiCheckCircleOutline} size={16} />
            {t('builder.problems.none')}
          </Typography>
        )}
        {problems.length > 0 && (
          <Button
            onClick={() => setOpen(!open)}
            aria-expanded={open}
            color={errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'inherit'}
            startIcon={
              <Icon
                path={errors > 0 ? mdiAlertCircleOutline : warnings > 0 ? mdiAlertOutline : mdiInformationOutline}
              />
            }
            endIcon={<Icon path={open ? mdiChevronDown : mdiChevronUp} />}
            data-testid="problem-count"
          >
            {errors > 0
              ? t('builder.problems.errors', { n: errors })
              : warnings > 0
                ? t('builder.problems.warnings', { n: warnings })
                : t('builder.problems.notes', { n: problems.length })}
          </Button>
        )}
        {blocked !== null && (
          <Typography variant="caption" color="text.secondary">
            {blocked}
          </Typography>
        )}
        <Button
          variant="contained"
          disabled={!check?.runnable || blocked !== null || starting}
          onClick={onRun}
          startIcon={<Icon path={mdiPlay} />}
          data-testid="run-pipeline"
          sx={{ '& kbd': { color: 'inherit', borderColor: 'currentcolor', opacity: 0.8, ml: 1 } }}
        >
          {t('builder.run.run')}
          <Kbd keys={keyLabel('Ctrl+↵')} />
        </Button>
      </Box>
    </Box>
  );
});

const ORDER = ['error', 'warning', 'note'] as const;
const LOOK = {
  error: { icon: mdiAlertCircleOutline, colour: 'error.main' },
  warning: { icon: mdiAlertOutline, colour: 'warning.main' },
  note: { icon: mdiInformationOutline, colour: 'info.main' },
} as const;

function ProblemLine({
  problem,
  onShow,
  onFix,
}: {
  problem: Problem;
  onShow: (problem: Problem) => void;
  onFix: (text: string) => void;
}) {
  const { fix } = problem;
  const look = LOOK[problem.severity];
  return (
    <Box
      component="li"
      data-testid={`problem-${problem.code}`}
      sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 2, minHeight: 30 }}
    >
      <Box
        sx={{ color: look.colour, display: 'flex' }}
        role="img"
        aria-label={t(`builder.problems.${problem.severity}`)}
      >
        <Icon path={look.icon} size={16} />
      </Box>
      <Typography variant="body2" sx={{ flex: 1, minWidth: 0 }}>
        {problem.message}{' '}
        <Link component="button" variant="caption" onClick={() => onShow(problem)} sx={{ whiteSpace: 'nowrap' }}>
          {t('builder.problems.line', { line: problem.line })}
        </Link>
      </Typography>
      {fix && (
        <Button variant="outlined" onClick={() => onFix(fix.text)} data-testid={`fix-${problem.code}`}>
          {fix.label}
        </Button>
      )}
    </Box>
  );
}
