import { mdiCached, mdiChevronDown, mdiChevronRight } from '@mdi/js';
import { Box, Button, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import type { CacheReport } from '#core/contract/runTypes.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { sizeInWords } from '#renderer/components/sizeInWords.ts';
import { formatCount, formatDuration } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { cacheTotals } from '#renderer/views/runs/cacheTotals.ts';

/** In the order in which a run meets them. */
const LAYERS = ['checkBeforeFit', 'fitOnAll', 'stateless', 'stepCache', 'crossRun'] as const;

/** What did not have to be computed, in a line; each kind of reuse on demand. Null: the run computes everything afresh. */
export function CachePanel({ cache, off }: { readonly cache: CacheReport | null; readonly off: boolean }) {
  const [open, setOpen] = useState(false);
  const totals = cacheTotals(cache);
  const line = off
    ? t('runs.cache.off')
    : totals.hits === 0
      ? t('runs.cache.nothing')
      : t('runs.cache.line', {
          time: formatDuration(totals.secondsSaved * 1000),
          size: sizeInWords(totals.bytes),
        });
  return (
    <Box component="section" aria-label={t('runs.cache.title')} data-testid="cache-panel">
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Icon path={mdiCached} size={16} color="text.secondary" />
        <Typography variant="caption" color="text.secondary" data-testid="cache-line">
          <b>{t('runs.cache.title')}</b> · {line}
        </Typography>
        {cache !== null && (
          <Button
            size="small"
            aria-expanded={open}
            startIcon={<Icon path={open ? mdiChevronDown : mdiChevronRight} size={16} />}
            data-testid="cache-toggle"
            onClick={() => {
              setOpen(!open);
            }}
          >
            {open ? t('runs.cache.hide') : t('runs.cache.show')}
          </Button>
        )}
      </Box>
      {open && cache !== null && <Layers cache={cache} evictions={totals.evictions} />}
    </Box>
  );
}

function Layers({ cache, evictions }: { readonly cache: CacheReport; readonly evictions: number }) {
  return (
    <Box sx={{ maxWidth: 760, overflowX: 'auto' }}>
      <Table size="small" data-testid="cache-layers">
        <TableHead>
          <TableRow>
            <TableCell>{t('runs.cache.layer')}</TableCell>
            <TableCell align="right">{t('runs.cache.hits')}</TableCell>
            <TableCell align="right">{t('runs.cache.misses')}</TableCell>
            <TableCell align="right">{t('runs.cache.memory')}</TableCell>
            <TableCell align="right">{t('runs.cache.saved')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {LAYERS.map((name) => {
            const { hits, misses, bytes, secondsSaved } = cache[name];
            return (
              <TableRow key={name}>
                <TableCell component="th" scope="row" sx={{ whiteSpace: 'normal' }}>
                  {t(`runs.cache.${name}`)}
                  <Typography variant="caption" component="div" color="text.secondary">
                    {t(`runs.cache.${name}.help`)}
                  </Typography>
                </TableCell>
                <TableCell align="right" className="num">
                  {formatCount(hits)}
                </TableCell>
                <TableCell align="right" className="num">
                  {formatCount(misses)}
                </TableCell>
                <TableCell align="right" className="num">
                  {bytes > 0 ? sizeInWords(bytes) : '–'}
                </TableCell>
                <TableCell align="right" className="num">
                  {hits > 0 ? formatDuration(secondsSaved * 1000) : '–'}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
      {evictions > 0 && (
        <Typography variant="caption" color="text.secondary">
          {t('runs.cache.evictions', { n: evictions })}
        </Typography>
      )}
    </Box>
  );
}
