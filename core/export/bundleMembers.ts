import { strFromU8 } from 'fflate';
import type { z } from 'zod';
import { boundedYamlData } from '#core/base/boundedYaml.ts';
import { firstIssue } from '#core/base/firstIssue.ts';
import { EngineError } from '#core/base/errors.ts';
import {
  BUNDLE_FORMAT_VERSION,
  manifestHeadSchema,
  manifestSchema,
  memberPaths,
  type BundleManifest,
  type Sha256,
} from '#core/export/bundleFormat.ts';
import { readZip, type ZipLimits, type ZipMember } from '#core/export/zipReader.ts';

/** A bundle whose manifest and checksums are right; what its members say is not known yet. */
export interface BundleMembers {
  readonly manifest: BundleManifest;
  has(path: string): boolean;
  /** Throws bundle.invalid for a member that is missing. */
  bytes(path: string): Uint8Array;
  /** Parses a JSON member (or YAML, by its name) strictly. Throws bundle.invalid. */
  parse<T>(schema: z.ZodType<T>, path: string): T;
}

/**
 * Opens the ZIP file of a bundle: sizes and paths before anything is unpacked, then the manifest, then every checksum.
 * @throws bundle.limit, bundle.unsafe-path, bundle.newer, bundle.checksum, bundle.invalid
 */
export function bundleMembers(bytes: Uint8Array, file: string, sha256: Sha256, limits: ZipLimits): BundleMembers {
  const zip = readZip(bytes, file, limits);
  const manifest = readManifest(zip, file);
  const members = checkedMembers(zip, manifest, file, sha256);
  const member = (path: string): Uint8Array => {
    const found = members.get(path);
    if (found === undefined) throw invalidBundle(file, `its member ${path} is missing.`);
    return found;
  };
  return {
    manifest,
    has: (path) => members.has(path),
    bytes: member,
    parse: (schema, path) => parseMember(schema, member(path), path, file),
  };
}

export const invalidBundle = (file: string, problem: string): EngineError<'bundle.invalid'> =>
  new EngineError('bundle.invalid', { file, problem });

function readManifest(zip: ReadonlyMap<string, ZipMember>, file: string): BundleManifest {
  const bytes = zip.get(memberPaths.manifest)?.read();
  if (bytes === undefined) throw invalidBundle(file, 'it has no manifest.json.');
  const head = parseMember(manifestHeadSchema, bytes, memberPaths.manifest, file);
  if (head.formatVersion > BUNDLE_FORMAT_VERSION)
    throw new EngineError('bundle.newer', {
      file,
      found: head.formatVersion,
      supported: BUNDLE_FORMAT_VERSION,
      madeBy: head.appVersion,
    });
  return parseMember(manifestSchema, bytes, memberPaths.manifest, file);
}

/** Unpacks exactly the members that the manifest lists, each with the size and the checksum that it states. */
function checkedMembers(
  zip: ReadonlyMap<string, ZipMember>,
  manifest: BundleManifest,
  file: string,
  sha256: Sha256,
): Map<string, Uint8Array> {
  const members = new Map<string, Uint8Array>();
  for (const listed of manifest.members) {
    const found = zip.get(listed.path);
    if (found === undefined || members.has(listed.path) || listed.path === memberPaths.manifest)
      throw invalidBundle(file, `the manifest lists ${listed.path}, which is not there exactly once.`);
    const bytes = found.bytes === listed.bytes ? found.read() : null;
    if (bytes === null || sha256(bytes) !== listed.sha256)
      throw new EngineError('bundle.checksum', { file, member: listed.path });
    members.set(listed.path, bytes);
  }
  const unlisted = [...zip.keys()].find((path) => path !== memberPaths.manifest && !members.has(path));
  if (unlisted !== undefined) throw invalidBundle(file, `it holds ${unlisted}, which its manifest does not list.`);
  return members;
}

function parseMember<T>(schema: z.ZodType<T>, bytes: Uint8Array, member: string, file: string): T {
  const decode = member.endsWith('.yaml') ? yamlData : (text: string): unknown => JSON.parse(text);
  try {
    const parsed = schema.safeParse(decode(strFromU8(bytes)));
    if (parsed.success) return parsed.data;
    throw invalidBundle(file, `its ${member} is not as expected: ${firstIssue(parsed.error)}.`);
  } catch (error) {
    if (NOT_PARSED.some((kind) => error instanceof kind)) throw invalidBundle(file, `its ${member} cannot be parsed.`);
    throw error;
  }
}

/** Broken text, and nesting too deep for the stack. */
const NOT_PARSED = [SyntaxError, RangeError];

function yamlData(text: string): unknown {
  const read = boundedYamlData(text);
  if (read.problem !== undefined) throw new SyntaxError(read.problem);
  return read.data;
}
