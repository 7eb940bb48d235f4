import { Box, MenuItem, Select, TextField, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import { t } from '#renderer/locales/t.ts';
import { useResultsState } from '#renderer/views/results/resultsState.ts';
import type { VariantSort } from '#renderer/views/results/resultsState.ts';

const SORTS: readonly VariantSort[] = ['rank', 'rmsecv', 'index', 'label'];
/** Typing is not asking: the filter is sent when the person pauses. */
const PAUSE_MS = 180;

/** Filter and order of the variants. Only cross-validation figures order them: a test set is spent by choosing with it. */
export function TreeControls() {
  const { sortBy, filter, set } = useResultsState();
  const [typed, setTyped] = useState(filter);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      set({ filter: typed });
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [typed, set]);
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
      <TextField
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value.slice(0, 200));
        }}
        placeholder={t('results.filter')}
        sx={{ flex: 1, minWidth: 100 }}
        slotProps={{ htmlInput: { 'aria-label': t('results.filter'), 'data-testid': 'results-filter' } }}
      />
      <Typography variant="caption" color="text.secondary" id="results-sort">
        {t('results.sort')}
      </Typography>
      <Select
        value={sortBy}
        labelId="results-sort"
        onChange={({ target }) => {
          set({ sortBy: target.value });
        }}
        data-testid="results-sort"
      >
        {SORTS.map((sort) => (
          <MenuItem key={sort} value={sort}>
            {t(`results.sort.${sort}`)}
          </MenuItem>
        ))}
      </Select>
    </Box>
  );
}
