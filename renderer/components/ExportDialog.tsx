import { mdiAlertOctagon, mdiCheckDecagram } from '@mdi/js';
import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Radio,
  RadioGroup,
  Typography,
} from '@mui/material';
import { useLayoutEffect, useRef } from 'react';
import type { ModelSummary, Verification } from '#core/contract/models.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { ProgressLine } from '#renderer/components/ProgressLine.tsx';
import { axisUnitLabel, formatAxisValue, formatCount } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { sizeInWords } from '#renderer/components/sizeInWords.ts';

export type ExportFormat = 'refract' | 'onnx';

export type ExportProgress =
  | { readonly status: 'choosing' }
  | { readonly status: 'writing' }
  | { readonly status: 'failed'; readonly message: string; readonly details: unknown }
  | {
      readonly status: 'done';
      readonly name: string;
      readonly bytes: number;
      readonly verification: Verification;
      readonly notes: readonly string[];
    };

interface ExportDialogProps {
  /** Null while it is being asked for. */
  readonly model: ModelSummary | null;
  readonly format: ExportFormat;
  readonly progress: ExportProgress;
  readonly onFormat: (format: ExportFormat) => void;
  readonly onExport: () => void;
  readonly onClose: () => void;
}

/** What leaves the application, in which form, and the proof that the file predicts what the model predicts. */
export function ExportDialog({ model, format, progress, onFormat, onExport, onClose }: ExportDialogProps) {
  const isBusy = progress.status === 'writing';
  const close = useRef<HTMLButtonElement>(null);
  const isOver = progress.status === 'done' || progress.status === 'failed';
  // The button that started the work was disabled while it had the focus, which is then nowhere: no key would arrive.
  useLayoutEffect(() => {
    if (isOver) close.current?.focus();
  }, [isOver]);
  return (
    <Dialog open onClose={isBusy ? undefined : onClose} maxWidth="sm" fullWidth data-testid="export-dialog">
      <DialogTitle>
        {model ? t('models.export.title', { name: model.name, target: model.target }) : t('models.export.plainTitle')}
      </DialogTitle>
      <DialogContent>
        <RadioGroup
          aria-label={t('models.export.format')}
          value={format}
          onChange={(_, value) => {
            onFormat(value === 'onnx' ? 'onnx' : 'refract');
          }}
          sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5 }}
        >
          <FormatChoice
            value="refract"
            chosen={format === 'refract'}
            disabled={isBusy}
            title={t('models.export.bundle')}
            text={t('models.export.bundle.text')}
          />
          <FormatChoice
            value="onnx"
            chosen={format === 'onnx'}
            disabled={isBusy}
            title={t('models.export.onnx')}
            text={t('models.export.onnx.text')}
          />
        </RadioGroup>
        {model && <ModelFacts model={model} format={format} />}
        <Box sx={{ mt: 2, minHeight: 64 }} aria-live="polite">
          <Outcome progress={progress} />
        </Box>
      </DialogContent>
      <DialogActions>
        <Button ref={close} onClick={onClose} disabled={isBusy}>
          {progress.status === 'done' ? t('shell.close') : t('shell.cancel')}
        </Button>
        <Button
          variant={progress.status === 'done' ? 'outlined' : 'contained'}
          onClick={onExport}
          disabled={isBusy || !model}
          data-testid="export-start"
        >
          {progress.status === 'done' ? t('models.export.again') : t('models.export.start')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

interface FormatChoiceProps {
  readonly value: ExportFormat;
  readonly chosen: boolean;
  readonly disabled: boolean;
  readonly title: string;
  readonly text: string;
}

function FormatChoice({ value, chosen, disabled, title, text }: FormatChoiceProps) {
  return (
    <FormControlLabel
      value={value}
      disabled={disabled}
      control={<Radio size="small" data-testid={`export-${value}`} />}
      label={
        <Box>
          <Typography variant="h5" component="span">
            {title}
          </Typography>
          <Typography variant="caption" component="div" color="textSecondary">
            {text}
          </Typography>
        </Box>
      }
      sx={{
        m: 0,
        p: 1,
        pr: 1.5,
        alignItems: 'flex-start',
        border: 1,
        borderRadius: 1,
        borderColor: chosen ? 'primary.main' : 'divider',
        '& .MuiRadio-root': { p: 0.25, mr: 1 },
      }}
    />
  );
}

/** What is inside and what the file expects. */
function ModelFacts({ model, format }: { readonly model: ModelSummary; readonly format: ExportFormat }) {
  const { axis, target, targetUnit, nTrain } = model;
  const from = formatAxisValue(axis.from);
  const to = formatAxisValue(axis.to);
  const facts: [string, string][] = [
    [t('models.steps'), model.steps.join(' → ')],
    [
      t('models.export.input'),
      t('models.axis', { from, to, unit: axisUnitLabel(axis.unit), count: formatCount(axis.count) }),
    ],
    [t('models.export.output'), targetUnit ? t('models.export.outputUnit', { target, unit: targetUnit }) : target],
    [
      t('models.export.inside'),
      format === 'onnx' ? t('models.export.inside.onnx') : t('models.export.inside.bundle', { n: nTrain }),
    ],
    [
      t('models.export.notInside'),
      format === 'onnx' ? t('models.export.notInside.onnx') : t('models.export.notInside.bundle'),
    ],
  ];
  return (
    <Box
      component="dl"
      sx={{ display: 'grid', gridTemplateColumns: '104px 1fr', columnGap: 2, rowGap: 0.75, mt: 2, mb: 0 }}
    >
      {facts.map(([name, text]) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <Typography component="dt" variant="body2" color="textSecondary">
            {name}
          </Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, overflowWrap: 'anywhere' }}>
            {text}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

function Outcome({ progress }: { readonly progress: ExportProgress }) {
  switch (progress.status) {
    case 'choosing':
      return (
        <Typography variant="caption" color="textSecondary">
          {t('models.export.promise')}
        </Typography>
      );
    case 'writing':
      return <ProgressLine doing={t('models.export.writing')} />;
    case 'failed':
      return <ErrorNotice title={t('models.export.failed')} message={progress.message} details={progress.details} />;
    case 'done':
      return <Verified {...progress} />;
  }
}

function Verified({ name, bytes, verification, notes }: Extract<ExportProgress, { status: 'done' }>) {
  const { maxRelativeDifference, tolerance, samples, worstSample } = verification;
  const hasPassed = maxRelativeDifference <= tolerance;
  const figures = {
    difference: maxRelativeDifference === 0 ? '0' : maxRelativeDifference.toExponential(1),
    n: samples,
    tolerance: tolerance.toExponential(0),
  };
  return (
    <Box
      sx={{
        display: 'flex',
        gap: 1.5,
        p: 1.5,
        border: 1,
        borderRadius: 1,
        borderColor: hasPassed ? 'success.main' : 'error.main',
      }}
      data-testid="export-verification"
    >
      <Icon
        path={hasPassed ? mdiCheckDecagram : mdiAlertOctagon}
        size={22}
        color={hasPassed ? 'success.main' : 'error.main'}
      />
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="h5" component="p">
          {t('models.export.saved', { name, size: sizeInWords(bytes) })}
        </Typography>
        <Typography variant="body2" className="num" sx={{ mt: 0.25, fontSize: '0.73rem' }}>
          {hasPassed ? t('models.export.pass', figures) : t('models.export.fail', figures)}
        </Typography>
        {worstSample !== null && (
          <Typography variant="caption" color="textSecondary">
            {t('models.export.worst', { sample: worstSample })}
          </Typography>
        )}
        {notes.map((note) => (
          <Typography key={note} variant="body2" sx={{ mt: 0.5 }} data-testid="export-note">
            {note}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}
