import { Box, Button, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { t } from '#renderer/locales/t.ts';
import { monoFont } from '#renderer/theme/tokens.ts';

interface StepTextProps {
  /** As it stands in the document. */
  readonly text: string;
  readonly label: string;
  /** Puts the text into the document; a sentence when it cannot be put there. */
  readonly onChange: (text: string) => string | null;
}

/** A part of the document as text, edited in its place: for generators and whatever has no form. */
export function StepText({ text, label, onChange }: StepTextProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const shown = draft ?? text;
  const put = (): void => {
    if (draft === null) return;
    const failed = onChange(draft);
    setProblem(failed);
    if (failed === null) setDraft(null);
  };
  return (
    <Box role="group" aria-label={label} onKeyDown={(event) => event.stopPropagation()}>
      <TextField
        multiline
        fullWidth
        value={shown}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) put();
          else if (event.key === 'Escape') setDraft(null);
          else return;
          event.preventDefault();
        }}
        error={problem !== null}
        slotProps={{
          htmlInput: { 'aria-label': label, spellCheck: false, 'data-testid': 'step-text' },
          input: { sx: { fontFamily: monoFont, fontSize: '0.75rem', lineHeight: 1.5 } },
        }}
      />
      {problem !== null && (
        <Typography variant="caption" color="error" role="alert">
          {problem}
        </Typography>
      )}
      <Box sx={{ display: 'flex', gap: 1, mt: 0.5, minHeight: 30 }}>
        {draft !== null && (
          <>
            <Button variant="outlined" onClick={put} data-testid="step-text-apply">
              {t('builder.stepText.apply')}
            </Button>
            <Button
              onClick={() => {
                setDraft(null);
                setProblem(null);
              }}
            >
              {t('builder.stepText.discard')}
            </Button>
          </>
        )}
      </Box>
    </Box>
  );
}
