import { mdiDotsVertical } from '@mdi/js';
import { Divider, IconButton, Menu, MenuItem, SvgIcon, Tooltip } from '@mui/material';
import { useState } from 'react';
import type { ChartPicture } from '#renderer/charts/chartPicture.ts';
import { useChartServices } from '#renderer/charts/chartServices.ts';
import { copyPng, copyText } from '#renderer/charts/clipboard.ts';
import { DataDialog } from '#renderer/charts/DataDialog.tsx';
import { toCsv } from '#renderer/charts/toCsv.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { t } from '#renderer/locales/t.ts';

interface PlotMenuProps {
  readonly label: string;
  readonly exportName: string;
  readonly picture: () => ChartPicture;
  readonly table: () => PlotTable;
}

/** Everything that can leave a plot: pictures, data, and the data as a table to read. */
export function PlotMenu({ label, exportName, picture, table }: PlotMenuProps) {
  const services = useChartServices();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [shown, setShown] = useState<PlotTable | null>(null);

  const perform = (action: () => Promise<string | null>, failure: 'charts.failed' | 'charts.copyFailed'): void => {
    setAnchor(null);
    action().then(
      (text) => {
        if (text !== null) services.notify('success', text);
      },
      (error: unknown) => {
        services.notify('error', t(failure, { reason: error instanceof Error ? error.message : String(error) }));
      },
    );
  };
  const save = async (kind: 'png' | 'svg' | 'csv'): Promise<string | null> => {
    const data =
      kind === 'png' ? await picture().png() : kind === 'svg' ? picture().svg() : toCsv(table(), services.fileFormat);
    const name = await services.save(kind, `${exportName}.${kind}`, data);
    return name === null ? null : t('charts.saved', { name });
  };
  const copyImage = async (): Promise<string> => {
    await copyPng(await picture().png());
    return t('charts.copiedImage');
  };
  const copyData = async (): Promise<string> => {
    await copyText(toCsv(table(), { ...services.fileFormat, separator: '\t' }));
    return t('charts.copiedData');
  };

  return (
    <>
      <Tooltip title={t('charts.menu.open')}>
        <IconButton
          aria-label={`${t('charts.menu.open')}: ${label}`}
          aria-haspopup="menu"
          data-testid="plot-menu"
          onClick={(event) => {
            setAnchor(event.currentTarget);
          }}
        >
          <SvgIcon fontSize="small">
            <path d={mdiDotsVertical} />
          </SvgIcon>
        </IconButton>
      </Tooltip>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => {
          setAnchor(null);
        }}
      >
        <MenuItem
          onClick={() => {
            perform(() => save('png'), 'charts.failed');
          }}
        >
          {t('charts.menu.png')}
        </MenuItem>
        <MenuItem
          onClick={() => {
            perform(() => save('svg'), 'charts.failed');
          }}
        >
          {t('charts.menu.svg')}
        </MenuItem>
        <MenuItem
          onClick={() => {
            perform(() => save('csv'), 'charts.failed');
          }}
        >
          {t('charts.menu.csv')}
        </MenuItem>
        <Divider />
        <MenuItem
          onClick={() => {
            perform(copyImage, 'charts.copyFailed');
          }}
        >
          {t('charts.menu.copyImage')}
        </MenuItem>
        <MenuItem
          onClick={() => {
            perform(copyData, 'charts.copyFailed');
          }}
        >
          {t('charts.menu.copyData')}
        </MenuItem>
        <Divider />
        <MenuItem
          onClick={() => {
            setAnchor(null);
            setShown(table());
          }}
        >
          {t('charts.menu.viewData')}
        </MenuItem>
      </Menu>
      {shown && (
        <DataDialog
          label={label}
          table={shown}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
    </>
  );
}
