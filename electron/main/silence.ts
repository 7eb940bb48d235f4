import { url as inspectorAddress } from 'node:inspector';
import type { App } from 'electron';
import { FORGOTTEN_SWITCHES, SILENT_SWITCHES } from '#electron/policy/commandLine.ts';

/** Before the application is ready: no switch of the command line opens it, and Chromium's own services stay silent. */
export function silence(app: App): void {
  // Tests drive the packaged application through the inspector, which a released one cannot have: its fuse is blown.
  if (app.isPackaged && inspectorAddress() === undefined)
    for (const name of FORGOTTEN_SWITCHES) app.commandLine.removeSwitch(name);
  for (const [name, value] of SILENT_SWITCHES) {
    if (value === undefined) app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
  }
}
