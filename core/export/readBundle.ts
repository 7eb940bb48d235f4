import { strFromU8 } from 'fflate';
import { parse as parseYaml, YAMLError } from 'yaml';
import type { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import type { FittedChain, FittedStep, OperatorLookup } from '#core/data/fittedChain.ts';
import type { AnyOperator } from '#core/data/operator.ts';
import type { ApplicabilityDomain } from '#core/export/applicabilityDomain.ts';
import {
  BUNDLE_FORMAT_VERSION,
  chainSchema,
  domainSchema,
  examplesSchema,
  manifestHeadSchema,
  manifestSchema,
  memberPaths,
  metadataSchema,
  type BundleManifest,
  type BundleMetadata,
  type Sha256,
} from '#core/export/bundleFormat.ts';
import type { Examples } from '#core/export/chooseExamples.ts';
import { readSafetensors } from '#core/export/safetensors.ts';
import { stateFromTensors } from '#core/export/stateTensors.ts';
import { bundleLimits, readZip, type ZipLimits, type ZipMember } from '#core/export/zipReader.ts';
import { fromRows } from '#core/numerics/matrix.ts';

export interface Bundle {
  readonly manifest: BundleManifest;
  readonly chain: FittedChain;
  readonly metadata: BundleMetadata;
  readonly onnx: Uint8Array | null;
  readonly domain: ApplicabilityDomain;
  readonly examples: Examples;
}

export interface BundleReading {
  /** The name for error sentences. */
  readonly file: string;
  readonly sha256: Sha256;
  readonly lookup: OperatorLookup;
  readonly limits?: ZipLimits;
}

/**
 * Opens a bundle and treats it as hostile: sizes and paths before anything is unpacked, then the manifest, then every
 * checksum, and only then the content, which is parsed strictly. Nothing in a bundle can execute code.
 * @throws bundle.limit, bundle.unsafe-path, bundle.newer, bundle.checksum, bundle.unknown-operator, bundle.invalid
 */
export function readBundle(bytes: Uint8Array, options: BundleReading): Bundle {
  const { file, sha256, lookup } = options;
  const zip = readZip(bytes, file, options.limits ?? bundleLimits);
  const manifest = readManifest(zip, file);
  const members = checkedMembers(zip, manifest, file, sha256);
  const member = (path: string): Uint8Array => {
    const found = members.get(path);
    if (found === undefined) throw invalid(file, `its member ${path} is missing.`);
    return found;
  };

  const document = parseJson(chainSchema, member(memberPaths.chain), memberPaths.chain, file);
  const steps = document.steps.map((step): FittedStep => {
    const definition = knownOperator(step.id, lookup, file);
    const state = stateFromTensors(readSafetensors(member(step.state), file), `${step.id} in ${file}`);
    return { ...step, params: checkedParams(step, definition, file), state };
  });
  const p = document.inputAxis.values.length;
  return {
    manifest,
    chain: {
      inputAxis: { unit: document.inputAxis.unit, values: Float64Array.from(document.inputAxis.values) },
      signal: document.signal,
      target: document.target,
      steps,
    },
    metadata: parseWith(metadataSchema, member(memberPaths.metadata), memberPaths.metadata, file, parseYaml),
    onnx: members.get(memberPaths.onnx) ?? null,
    domain: readDomain(member(memberPaths.domain), p, file),
    examples: readExamples(member(memberPaths.examples), p, file),
  };
}

const invalid = (file: string, problem: string): EngineError<'bundle.invalid'> =>
  new EngineError('bundle.invalid', { file, problem });

function readManifest(zip: ReadonlyMap<string, ZipMember>, file: string): BundleManifest {
  const bytes = zip.get(memberPaths.manifest)?.read();
  if (bytes === undefined) throw invalid(file, 'it has no manifest.json.');
  const head = parseJson(manifestHeadSchema, bytes, memberPaths.manifest, file);
  if (head.formatVersion > BUNDLE_FORMAT_VERSION)
    throw new EngineError('bundle.newer', {
      file,
      found: head.formatVersion,
      supported: BUNDLE_FORMAT_VERSION,
      madeBy: head.appVersion,
    });
  return parseJson(manifestSchema, bytes, memberPaths.manifest, file);
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
      throw invalid(file, `the manifest lists ${listed.path}, which is not there exactly once.`);
    const bytes = found.bytes === listed.bytes ? found.read() : null;
    if (bytes === null || sha256(bytes) !== listed.sha256)
      throw new EngineError('bundle.checksum', { file, member: listed.path });
    members.set(listed.path, bytes);
  }
  const unlisted = [...zip.keys()].find((path) => path !== memberPaths.manifest && !members.has(path));
  if (unlisted !== undefined) throw invalid(file, `it holds ${unlisted}, which its manifest does not list.`);
  return members;
}

function knownOperator(id: string, lookup: OperatorLookup, file: string): AnyOperator {
  const unknown = (cause?: unknown): EngineError<'bundle.unknown-operator'> =>
    new EngineError('bundle.unknown-operator', { file, operator: id }, { cause });
  let definition: AnyOperator | undefined;
  try {
    definition = lookup(id);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'catalog.unknown-id') throw unknown(error);
    throw error;
  }
  if (definition === undefined) throw unknown();
  return definition;
}

/** Parameters of another version of an operator may have another form; such a step predicts through ONNX only. */
function checkedParams(
  step: { readonly id: string; readonly version: number; readonly params: Readonly<Record<string, unknown>> },
  definition: AnyOperator,
  file: string,
): Readonly<Record<string, unknown>> {
  if (definition.version !== step.version) return step.params;
  const parsed = definition.params.safeParse(step.params);
  if (!parsed.success) throw invalid(file, `the parameters of ${step.id} are not usable: ${firstIssue(parsed.error)}.`);
  return parsed.data;
}

function readDomain(bytes: Uint8Array, p: number, file: string): ApplicabilityDomain {
  const { samples, y, x } = parseJson(domainSchema, bytes, memberPaths.domain, file);
  if (x.low.length !== p || x.high.length !== p) throw invalid(file, 'its domain.json does not fit its axis.');
  return { samples, y, x: { low: Float64Array.from(x.low), high: Float64Array.from(x.high) } };
}

function readExamples(bytes: Uint8Array, p: number, file: string): Examples {
  const { sampleIds, spectra, expected } = parseJson(examplesSchema, bytes, memberPaths.examples, file);
  const fits = spectra.every((row) => row.length === p) && expected.length === spectra.length;
  if (!fits || sampleIds.length !== spectra.length) throw invalid(file, 'its example.json does not fit its axis.');
  return { sampleIds, spectra: fromRows(spectra), expected: Float64Array.from(expected) };
}

const parseJson = <T>(schema: z.ZodType<T>, bytes: Uint8Array, member: string, file: string): T =>
  parseWith(schema, bytes, member, file, (text) => JSON.parse(text) as unknown);

function parseWith<T>(
  schema: z.ZodType<T>,
  bytes: Uint8Array,
  member: string,
  file: string,
  decode: (text: string) => unknown,
): T {
  try {
    const parsed = schema.safeParse(decode(strFromU8(bytes)));
    if (parsed.success) return parsed.data;
    throw invalid(file, `its ${member} is not as expected: ${firstIssue(parsed.error)}.`);
  } catch (error) {
    if (NOT_PARSED.some((kind) => error instanceof kind)) throw invalid(file, `its ${member} cannot be parsed.`);
    throw error;
  }
}

/** Broken text, too many YAML aliases, and nesting too deep for the stack. */
const NOT_PARSED = [SyntaxError, YAMLError, ReferenceError, RangeError];

const firstIssue = (error: z.ZodError): string => {
  const [issue] = error.issues;
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown';
};
