import { resolve } from 'node:path';
import { EngineError } from '#core/base/errors.ts';
import { contentHashes } from '#core/engine/index.ts';
import { collectGarbage, inspectWorkspace, type Orphan, type WorkspaceCheck } from '#core/workspace/index.ts';
import { defaultWorkspace, printJson } from '#electron/cli/session.ts';

export interface WorkspaceOptions {
  readonly workspace?: string;
  readonly json?: boolean;
  readonly dryRun?: boolean;
}

/** `refract workspace verify` and `refract workspace gc`: for a workspace that nobody has open. */
export async function workspaceCommand(action: string, options: WorkspaceOptions): Promise<void> {
  const folder = resolve(options.workspace ?? defaultWorkspace());
  const json = options.json === true;
  switch (action) {
    case 'verify': {
      if (options.dryRun === true)
        throw new EngineError('app.bad-argument', { argument: '--dry-run', problem: 'belongs to "workspace gc"' });
      const found = await inspectWorkspace(folder, contentHashes);
      if (json) printJson(found);
      else process.stdout.write(inWords(folder, found));
      if (!found.sound) process.exitCode = 1;
      return;
    }
    case 'gc': {
      const report = await collectGarbage(folder, options.dryRun === true);
      if (json) printJson(report);
      else process.stdout.write(removedInWords(report));
      return;
    }
    default:
      throw new EngineError('app.bad-argument', { argument: action, problem: 'is unknown; use "verify" or "gc"' });
  }
}

function inWords(folder: string, { sound, checked, missing, altered, database, orphaned }: WorkspaceCheck): string {
  const { artifacts, manifests, datasets, units, trials } = checked;
  const read = [
    counted(artifacts, 'stored file'),
    counted(manifests, 'manifest'),
    counted(datasets, 'dataset'),
    counted(units, 'fit'),
    counted(trials, 'trial'),
  ].join(', ');
  return [
    `${folder}: computed the checksums again of ${read}.`,
    ...listed('Missing', missing),
    ...listed('Altered', altered),
    ...listed('Database', database),
    ...listed('Orphaned', orphaned.map(line)),
    ...(orphaned.length === 0 ? [] : ['Orphans are harmless; "refract workspace gc" removes them.']),
    sound
      ? 'Nothing is missing or altered.'
      : 'Copy the folder before anything else. Restore what is listed from a backup, or import or run again what made it.',
    '',
  ].join('\n');
}

function removedInWords({ dryRun, removed, bytes }: Awaited<ReturnType<typeof collectGarbage>>): string {
  const size = `${counted(removed.length, 'orphan')}, ${sizeOf(bytes)}`;
  return [
    ...listed(dryRun ? 'Would be removed' : 'Removed', removed.map(line)),
    removed.length === 0 ? 'There are no orphans.' : dryRun ? `${size}. Nothing was removed.` : `${size}.`,
    '',
  ].join('\n');
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
const line = ({ what, path, bytes }: Orphan): string => `${path} (${what}, ${sizeOf(bytes)})`;
const listed = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title} (${lines.length}):`, ...lines.map((one) => `  ${one}`)];
const sizeOf = (bytes: number): string =>
  bytes < 10_000
    ? `${bytes} bytes`
    : bytes < 10_000_000
      ? `${(bytes / 1e3).toFixed(0)} kB`
      : `${(bytes / 1e6).toFixed(0)} MB`;
