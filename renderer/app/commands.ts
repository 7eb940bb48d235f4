import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import type { TextKey } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { changePreferences } from '#renderer/state/changePreferences.ts';
import type { Page } from '#renderer/state/history.ts';
import { importTecator, openWithDialog } from '#renderer/state/openData.ts';

/** One entry of the table behind the menu, the keyboard and the palette. */
export interface Command {
  readonly id: string;
  readonly title: CommandTitle;
  /** `Mod` is Ctrl, or ⌘ on a Mac; `G D` is one key after the other. */
  readonly shortcut?: string;
  readonly enabled: () => boolean;
  readonly run: () => void;
}
type CommandTitle = Extract<TextKey, `shell.command.${string}`>;

const always = (): boolean => true;
const engineReady = (): boolean => useAppState.getState().engineState.state === 'ready';

const go = (page: Page, title: CommandTitle, letter: string): Command => ({
  id: `go.${page}`,
  title,
  shortcut: `G ${letter}`,
  enabled: always,
  run: () => {
    useAppState.getState().navigate(page);
  },
});

/** A command that the open page carries out; it registers what it can do with `setPageActions`. */
const onPage = (id: string, title: CommandTitle, shortcut?: string): Command => ({
  id,
  title,
  ...(shortcut === undefined ? {} : { shortcut }),
  enabled: () => useAppState.getState().pageActions[id] !== undefined,
  run: () => useAppState.getState().pageActions[id]?.(),
});

const theme = (name: 'light' | 'dark' | 'system', title: CommandTitle): Command => ({
  id: `theme.${name}`,
  title,
  enabled: always,
  run: () => void changePreferences({ theme: name }),
});

export const commands: readonly Command[] = [
  {
    id: 'palette.open',
    title: 'shell.command.palette',
    shortcut: 'Mod+K',
    enabled: always,
    run: () => {
      useAppState.getState().setOverlay('palette');
    },
  },
  {
    id: 'file.open',
    title: 'shell.command.openFiles',
    shortcut: 'Mod+O',
    enabled: engineReady,
    run: () => void openWithDialog('data'),
  },
  {
    id: 'file.openFolder',
    title: 'shell.command.openFolder',
    shortcut: 'Mod+Shift+O',
    enabled: engineReady,
    run: () => void openWithDialog('folder'),
  },
  { id: 'model.open', title: 'shell.command.openModel', enabled: engineReady, run: () => void openWithDialog('model') },
  { id: 'file.openSample', title: 'shell.command.importSample', enabled: engineReady, run: () => void openTecator() },
  go('home', 'shell.command.goHome', 'H'),
  go('data', 'shell.command.goData', 'D'),
  go('pipelines', 'shell.command.goPipelines', 'P'),
  go('runs', 'shell.command.goRuns', 'R'),
  go('results', 'shell.command.goResults', 'E'),
  go('models', 'shell.command.goModels', 'M'),
  go('predict', 'shell.command.goPredict', 'I'),
  go('settings', 'shell.command.goSettings', 'S'),
  {
    id: 'go.back',
    title: 'shell.command.back',
    shortcut: 'Alt+ArrowLeft',
    enabled: () => useAppState.getState().history.past.length > 0,
    run: () => {
      useAppState.getState().back();
    },
  },
  {
    id: 'go.forward',
    title: 'shell.command.forward',
    shortcut: 'Alt+ArrowRight',
    enabled: () => useAppState.getState().history.future.length > 0,
    run: () => {
      useAppState.getState().forward();
    },
  },
  {
    id: 'edit.undo',
    title: 'shell.command.undo',
    shortcut: 'Mod+Z',
    enabled: () => useAppState.getState().undoTarget?.canUndo ?? false,
    run: () => {
      useAppState.getState().undoTarget?.undo();
    },
  },
  {
    id: 'edit.redo',
    title: 'shell.command.redo',
    shortcut: 'Mod+Shift+Z',
    enabled: () => useAppState.getState().undoTarget?.canRedo ?? false,
    run: () => {
      useAppState.getState().undoTarget?.redo();
    },
  },
  onPage('run.start', 'shell.command.run', 'Mod+Enter'),
  onPage('run.cancel', 'shell.command.cancelRun'),
  onPage('pipeline.open', 'shell.command.openPipeline'),
  onPage('pipeline.saveAs', 'shell.command.savePipelineAs', 'Mod+Shift+S'),
  theme('light', 'shell.command.themeLight'),
  theme('dark', 'shell.command.themeDark'),
  theme('system', 'shell.command.themeSystem'),
  {
    id: 'theme.toggle',
    title: 'shell.command.toggleTheme',
    shortcut: 'Mod+Shift+L',
    enabled: always,
    run: toggleTheme,
  },
  {
    id: 'rail.toggle',
    title: 'shell.command.toggleRail',
    shortcut: 'Mod+B',
    enabled: engineReady,
    run: () => void changePreferences({ railCollapsed: !(useAppState.getState().preferences?.railCollapsed ?? false) }),
  },
  {
    id: 'help.shortcuts',
    title: 'shell.command.shortcuts',
    shortcut: '?',
    enabled: always,
    run: () => {
      useAppState.getState().setOverlay('shortcuts');
    },
  },
  {
    id: 'help.diagnostics',
    title: 'shell.command.diagnostics',
    enabled: always,
    run: () => {
      useAppState.getState().setOverlay('diagnostics');
    },
  },
  { id: 'engine.restart', title: 'shell.command.restartEngine', enabled: always, run: restartEngine },
];

/** Runs a command by its id, if it may run now. Unknown ids (a newer menu) do nothing. */
export function runCommand(id: string): void {
  const command = commands.find((each) => each.id === id);
  if (command?.enabled()) command.run();
}

function toggleTheme(): void {
  // What is on screen decides, so that the first press always changes something, with the system setting too.
  const dark = document.documentElement.dataset['mode'] === 'dark';
  void changePreferences({ theme: dark ? 'light' : 'dark' });
}

function restartEngine(): void {
  callEngine('engine.restart', {}).catch((error: unknown) => {
    useAppState.getState().notify({ severity: 'error', text: asApiError(error).message });
  });
}

async function openTecator(): Promise<void> {
  const datasetId = await importTecator();
  if (datasetId !== null) useAppState.getState().navigate('data', { datasetId });
}
