import { Menu, type MenuItemConstructorOptions } from 'electron';

/** Menu entries name commands of the window's command table, so that menu, keyboard and palette are one thing. */
export function applicationMenu(send: (command: string) => void, mac: boolean): Menu {
  const item = (label: string, command: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => {
      send(command);
    },
    // Shown beside the entry; the window itself listens to the keys, so that text fields keep theirs.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        item('&Open data files…', 'file.open', 'CmdOrCtrl+O'),
        item('Open data &folder…', 'file.openFolder', 'CmdOrCtrl+Shift+O'),
        { type: 'separator' },
        item('Open &pipeline…', 'pipeline.open'),
        item('&Save pipeline as…', 'pipeline.saveAs', 'CmdOrCtrl+Shift+S'),
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item('&Undo', 'edit.undo', 'CmdOrCtrl+Z'),
        item('&Redo', 'edit.redo', 'CmdOrCtrl+Shift+Z'),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&Go',
      submenu: [
        item('&Home', 'go.home'),
        item('&Data', 'go.data'),
        item('&Pipelines', 'go.pipelines'),
        item('&Runs', 'go.runs'),
        item('R&esults', 'go.results'),
        item('&Models', 'go.models'),
        item('Pred&ict', 'go.predict'),
        { type: 'separator' },
        item('Command palette', 'palette.open', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: '&Run',
      submenu: [item('&Run pipeline', 'run.start', 'CmdOrCtrl+Enter'), item('&Cancel run', 'run.cancel')],
    },
    {
      label: '&View',
      submenu: [
        item('Light theme', 'theme.light'),
        item('Dark theme', 'theme.dark'),
        item('System theme', 'theme.system'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    {
      label: '&Help',
      submenu: [
        item('Keyboard shortcuts', 'help.shortcuts'),
        item('&Diagnostics…', 'help.diagnostics'),
        item('Settings and about', 'go.settings'),
      ],
    },
  ];
  return Menu.buildFromTemplate(template);
}
