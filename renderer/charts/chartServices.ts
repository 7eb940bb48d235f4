import { createContext, useContext } from 'react';
import type { SaveKind } from '#core/contract/shell.ts';

export interface FileFormat {
  readonly separator: ',' | ';' | '\t';
  readonly decimal: '.' | ',';
}

/** What charts and tables need from the application around them: a way to save, to speak, and the file settings. */
export interface ChartServices {
  /** Asks where to save and writes; answers the file's name, or null when the person changed their mind. */
  save(kind: SaveKind, suggestedName: string, data: string | Uint8Array): Promise<string | null>;
  notify(severity: 'success' | 'error', text: string): void;
  readonly fileFormat: FileFormat;
}

const NOT_PROVIDED: ChartServices = {
  save: () => Promise.reject(new Error('Saving is not available on this page.')),
  notify: () => undefined,
  fileFormat: { separator: ',', decimal: '.' },
};

export const ChartServicesContext = createContext<ChartServices>(NOT_PROVIDED);
export const useChartServices = (): ChartServices => useContext(ChartServicesContext);
