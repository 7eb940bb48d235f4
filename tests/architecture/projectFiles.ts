import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const projectRoot = resolve(import.meta.dirname, '..', '..');

/** Folders at the top that are made, downloaded or not ours. */
const NOT_OURS = new Set([
  'node_modules',
  '.git',
  '.toolchain',
  'dist',
  'out',
  'coverage',
  'test-results',
  'playwright-report',
]);

/** Paths of our files below a folder, relative to the root, with forward slashes. */
export function projectFiles(folder = '.', wanted = /./): string[] {
  const walk = (path: string): string[] =>
    readdirSync(join(projectRoot, path), { withFileTypes: true }).flatMap((entry) => {
      const inside = path === '.' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) return NOT_OURS.has(inside) ? [] : walk(inside);
      return entry.isFile() && wanted.test(inside) ? [inside] : [];
    });
  return walk(folder).sort();
}

export const readProjectFile = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');
