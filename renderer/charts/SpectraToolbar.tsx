import {
  mdiArrowExpandHorizontal,
  mdiChartBellCurveCumulative,
  mdiFitToPageOutline,
  mdiGrid,
  mdiSelectSearch,
} from '@mdi/js';
import { Box, IconButton, MenuItem, Select, SvgIcon, Tooltip } from '@mui/material';
import type { SpectraSource } from '#renderer/charts/spectraSource.ts';
import { t } from '#renderer/locales/t.ts';

interface SpectraToolbarProps {
  readonly targets: SpectraSource['targets'];
  readonly target: string | null;
  readonly onTarget: (target: string | null) => void;
  readonly bands: boolean;
  readonly onBands: (on: boolean) => void;
  readonly reversed: boolean;
  readonly onReverse: () => void;
  readonly grid: boolean;
  readonly onGrid: (on: boolean) => void;
  readonly boxMode: boolean;
  readonly onBoxMode: (on: boolean) => void;
  readonly onFit: () => void;
}

/** The same switches as the keys A, C, X, G, Z and Backspace. */
export function SpectraToolbar(props: SpectraToolbarProps) {
  const { targets, target, onTarget, bands, onBands, reversed, onReverse, grid, onGrid, boxMode, onBoxMode, onFit } =
    props;
  return (
    <>
      {targets.length > 0 && (
        <Select
          variant="outlined"
          value={target ?? ''}
          displayEmpty
          inputProps={{ 'aria-label': t('charts.spectra.colour'), 'data-testid': 'spectra-colour' }}
          onChange={(event) => {
            onTarget(event.target.value === '' ? null : event.target.value);
          }}
          renderValue={(value) =>
            `${t('charts.spectra.colour')}: ${value === '' ? t('charts.spectra.colour.none') : value}`
          }
          sx={{ mr: 0.5, height: 28, minHeight: 28, maxWidth: 180, fontSize: '0.75rem' }}
        >
          <MenuItem value="">{t('charts.spectra.colour.none')}</MenuItem>
          {targets.map(({ name }) => (
            <MenuItem key={name} value={name}>
              {name}
            </MenuItem>
          ))}
        </Select>
      )}
      <Switch
        label={t('charts.spectra.bands.key')}
        path={mdiChartBellCurveCumulative}
        on={bands}
        onClick={() => {
          onBands(!bands);
        }}
      />
      <Switch label={t('charts.spectra.invert')} path={mdiArrowExpandHorizontal} on={reversed} onClick={onReverse} />
      <Switch
        label={t('charts.spectra.grid')}
        path={mdiGrid}
        on={grid}
        onClick={() => {
          onGrid(!grid);
        }}
      />
      <Switch
        label={t('charts.spectra.box')}
        path={mdiSelectSearch}
        on={boxMode}
        onClick={() => {
          onBoxMode(!boxMode);
        }}
      />
      <Tooltip title={t('charts.spectra.fit')}>
        <IconButton aria-label={t('charts.spectra.fit')} onClick={onFit}>
          <SvgIcon sx={{ fontSize: 17 }}>
            <path d={mdiFitToPageOutline} />
          </SvgIcon>
        </IconButton>
      </Tooltip>
      <Box sx={{ width: '1px', alignSelf: 'stretch', my: 0.5, bgcolor: 'divider' }} />
    </>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly path: string;
  readonly on: boolean;
  readonly onClick: () => void;
}

function Switch({ label, path, on, onClick }: SwitchProps) {
  return (
    <Tooltip title={label}>
      <IconButton
        aria-label={label}
        aria-pressed={on}
        onClick={onClick}
        sx={on ? { bgcolor: 'action.selected', color: 'primary.main' } : {}}
      >
        <SvgIcon sx={{ fontSize: 17 }}>
          <path d={path} />
        </SvgIcon>
      </IconButton>
    </Tooltip>
  );
}
