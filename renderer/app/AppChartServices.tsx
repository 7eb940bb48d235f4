import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { ChartServicesContext } from '#renderer/charts/chartServices.ts';
import type { ChartServices } from '#renderer/charts/chartServices.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { saveFile } from '#renderer/state/saveFile.ts';

/** Gives every plot and table below it the way to save files and to say so. */
export function AppChartServices({ children }: { readonly children: ReactNode }) {
  const separator = useAppState((state) => state.preferences?.fileSeparator ?? ',');
  const decimal = useAppState((state) => state.preferences?.fileDecimal ?? '.');
  const services = useMemo<ChartServices>(
    () => ({
      save: saveFile,
      notify: (severity, text) => {
        useAppState.getState().notify({ severity, text });
      },
      fileFormat: { separator, decimal },
    }),
    [separator, decimal],
  );
  return <ChartServicesContext value={services}>{children}</ChartServicesContext>;
}
