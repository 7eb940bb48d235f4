import { Alert, Box } from '@mui/material';
import { t } from '#renderer/locales/t.ts';

/** What the run wants known: one notice, a line each. */
export function RunWarnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Alert severity="warning" data-testid="run-warnings">
      {warnings.length === 1 ? (
        warnings[0]
      ) : (
        <>
          {t('runs.warnings', { n: warnings.length })}
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </Box>
        </>
      )}
    </Alert>
  );
}
