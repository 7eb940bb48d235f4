import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder with public reference data that may not be copied into the project, from REFRACT_REFERENCE_DATA. */
const folder = resolve(
  process.env['REFRACT_REFERENCE_DATA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data'),
);

/** Whether the reference data are there. Tests that need them say plainly when they are not. */
export const hasReferenceData = (): boolean => existsSync(join(folder, 'golden', 'README.md'));

/** The path of a file of the reference data, for example `referenceData('golden', 'folds.json')`. */
export const referenceData = (...parts: string[]): string => join(folder, ...parts);
