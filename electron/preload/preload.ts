import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { RefractApi, Reply } from '#core/contract/bridge.ts';
import { callNames, streamNames } from '#core/contract/names.ts';
import type { GrantedFile } from '#core/contract/shell.ts';

const calls: ReadonlySet<string> = new Set(callNames);
const streams: ReadonlySet<string> = new Set(streamNames);

/** The page is not trusted to pass a string. */
const refused = (name: unknown): Reply => ({
  ok: false,
  error: {
    code: 'app.forbidden',
    message: `The request "${typeof name === 'string' ? name.slice(0, 80) : typeof name}" is not allowed.`,
    details: {},
  },
});

/** Electron before 29 has the path on the file itself; later ones have webUtils. */
const pathOf = (file: File): string =>
  (webUtils as typeof webUtils | undefined)?.getPathForFile(file) ?? (file as File & { path?: string }).path ?? '';

const platformOf = (name: string): RefractApi['platform'] => (name === 'win32' || name === 'darwin' ? name : 'linux');

const api: RefractApi = {
  call: (name, input) =>
    calls.has(name)
      ? (ipcRenderer.invoke('refract:call', name, input) as Promise<Reply>)
      : Promise.resolve(refused(name)),
  subscribe(name, listener) {
    if (!streams.has(name)) throw new Error(`There is no stream "${name}".`);
    const channel = `refract:stream:${name}`;
    const wrapped = (_event: unknown, values: unknown) => {
      listener(values as readonly unknown[]); // main sends lists only
    };
    ipcRenderer.on(channel, wrapped);
    return () => {
      ipcRenderer.removeListener(channel, wrapped);
    };
  },
  grantDropped(files) {
    const paths = files.map(pathOf).filter((path) => path !== '');
    return ipcRenderer.invoke('refract:grant', paths) as Promise<readonly GrantedFile[]>;
  },
  platform: platformOf(process.platform),
};

contextBridge.exposeInMainWorld('api', api);
