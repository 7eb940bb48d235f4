import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '#tests/fuzz/lib/judge.ts';

const folderOf = (target: string): string => join(import.meta.dirname, '..', 'seeds', target);

/** Inputs that once were findings: they are tried first, in every run. */
export function keptSeeds(target: string): { readonly name: string; readonly input: Uint8Array }[] {
  const folder = folderOf(target);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({ name, input: new Uint8Array(readFileSync(join(folder, name))) }));
}

/** Keeps an input; the same one under the same name. Returns its path. */
export function keepSeed(target: string, finding: Pick<Finding, 'kind'>, input: Uint8Array): string {
  const folder = folderOf(target);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${finding.kind}-${createHash('sha256').update(input).digest('hex').slice(0, 10)}`);
  writeFileSync(path, input);
  return path;
}
