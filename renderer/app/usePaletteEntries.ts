import { useMemo } from 'react';
import { commands } from '#renderer/app/commands.ts';
import { matchScore } from '#renderer/app/matchScore.ts';
import { shortcutLabel } from '#renderer/app/shortcutOf.ts';
import { platform } from '#renderer/bridge/api.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { useCall } from '#renderer/state/useCall.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly title: string;
  /** What it is: a command has none, an object says "Dataset". */
  readonly kind: string;
  readonly shortcut?: string;
  readonly run: () => void;
}

/** More than fit on the screen help nobody. */
const MOST = 40;

/** Everything that the palette can do for a query, best match first. */
export function usePaletteEntries(query: string): readonly PaletteEntry[] {
  const datasets = useCall('datasets.list', {});
  const runs = useCall('runs.list', {});
  const all = useMemo(() => {
    const { navigate } = useAppState.getState();
    const entries: PaletteEntry[] = commands
      .filter((command) => command.id !== 'palette.open' && command.enabled())
      .map((command) => ({
        id: command.id,
        title: t(command.title),
        kind: '',
        ...(command.shortcut ? { shortcut: shortcutLabel(command.shortcut, platform()) } : {}),
        run: command.run,
      }));
    if (datasets.status === 'ready')
      for (const { id, name } of datasets.value)
        entries.push({
          id,
          title: name,
          kind: t('shell.palette.dataset'),
          run: () => {
            navigate('data', { datasetId: id });
          },
        });
    if (runs.status === 'ready')
      for (const { id, name } of runs.value)
        entries.push({
          id,
          title: name,
          kind: t('shell.palette.run'),
          run: () => {
            navigate('runs', { runId: id });
          },
        });
    return entries;
  }, [datasets, runs]);

  return useMemo(
    () =>
      all
        .map((entry) => ({ entry, score: matchScore(query, entry.title) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, MOST)
        .map(({ entry }) => entry),
    [all, query],
  );
}
