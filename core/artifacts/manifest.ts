import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { atomicWrite, type Written } from '#core/artifacts/atomicWrite.ts';
import { fileFailure, systemCode } from '#core/artifacts/fileFailure.ts';
import { bytesOf } from '#core/artifacts/listFiles.ts';
import { EngineError } from '#core/base/errors.ts';
import { firstIssue } from '#core/base/firstIssue.ts';

const RelativePath = z
  .string()
  .refine(
    (path) => path !== '' && !/^([/\\]|[A-Za-z]:)|\\|(^|\/)\.\.?(\/|$)|\0/.test(path),
    'must stay in the workspace',
  );
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** One file that a manifest vouches for. Its path is relative to the workspace, with forward slashes. */
const ManifestFile = z.strictObject({ path: RelativePath, bytes: z.int().nonnegative(), sha256: Sha256 });

/** What a step of a run leaves behind when, and only when, everything it lists is on disk. */
export const Manifest = z.strictObject({
  format: z.literal(1),
  step: z.enum(['load', 'cv', 'selection', 'refit', 'report', 'export', 'run']),
  runId: z.string(),
  /** What was run, in words and numbers: pipeline name, target, variant … */
  what: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Name of an input → its hash: `dataset`, `pipeline` … */
  inputs: z.record(z.string(), z.string()),
  configHash: z.string(),
  artifacts: z.array(ManifestFile).readonly(),
  /** Null where a figure could not be computed. */
  metrics: z.record(z.string(), z.number().nullable()),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  app: z.strictObject({ version: z.string(), revision: z.string().nullable() }),
  platform: z.strictObject({ os: z.string(), arch: z.string(), node: z.string() }),
  seeds: z.record(z.string(), z.int()),
});
export type Manifest = z.infer<typeof Manifest>;
export type ManifestFile = z.infer<typeof ManifestFile>;

/** The paths that break the promise of a manifest; both lists empty means that it holds. */
export interface ManifestCheck {
  readonly missing: readonly string[];
  readonly altered: readonly string[];
}

/**
 * Writes a manifest, the last file of its step. Refuses (`workspace.bad-manifest`) when a listed file is not there in
 * its full length, so that a manifest on disk can be believed.
 * @param path relative to the workspace, for example `runs/<id>/manifest.json`.
 */
export async function writeManifest(workspaceFolder: string, path: string, manifest: Manifest): Promise<Written> {
  for (const file of manifest.artifacts) {
    const bytes = await bytesOf(join(workspaceFolder, file.path));
    if (bytes !== file.bytes)
      throw new EngineError('workspace.bad-manifest', {
        path,
        problem: `${file.path} has ${bytes === null ? 'not been written' : `${bytes} bytes, not ${file.bytes}`}.`,
      });
  }
  const text = `${JSON.stringify(Manifest.parse(manifest), null, 2)}\n`;
  return atomicWrite(join(workspaceFolder, path), new TextEncoder().encode(text));
}

/** Reads a manifest; null when there is none, that is when its step has not been completed. */
export async function readManifest(workspaceFolder: string, path: string): Promise<Manifest | null> {
  const bad = (problem: string, cause?: unknown) =>
    new EngineError('workspace.bad-manifest', { path, problem }, { cause });
  let text: string;
  try {
    text = await readFile(join(workspaceFolder, path), 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw fileFailure(error, join(workspaceFolder, path), 'read');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw bad('it is not JSON. It was altered; run the step again.', error);
  }
  const parsed = Manifest.safeParse(json);
  if (!parsed.success)
    throw bad(`${firstIssue(parsed.error)}. It was altered or made by a newer Refract.`, parsed.error);
  return parsed.data;
}

/** Reads every file of a manifest again and compares length and checksum. */
export async function verifyManifest(workspaceFolder: string, manifest: Manifest): Promise<ManifestCheck> {
  const missing: string[] = [];
  const altered: string[] = [];
  for (const file of manifest.artifacts) {
    const path = join(workspaceFolder, file.path);
    const bytes = await bytesOf(path);
    if (bytes === null) missing.push(file.path);
    else if (bytes !== file.bytes || (await hashOf(path)) !== file.sha256) altered.push(file.path);
  }
  return { missing, altered };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    // A read stream yields Buffers when no encoding is set; the element type is unknown to the compiler.
    for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  } catch (error) {
    throw fileFailure(error, path, 'read');
  }
  return hash.digest('hex');
}
