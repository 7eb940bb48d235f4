import { EngineError } from '#core/base/errors.ts';
import { firstIssue } from '#core/base/firstIssue.ts';
import type { DeployedModel } from '#core/data/deployedModel.ts';
import type { FittedFilter, FittedOperator, FittedStep } from '#core/data/fittedChain.ts';
import type { AnyOperator } from '#core/data/operator.ts';
import type { OperatorLookup } from '#core/data/resolveChain.ts';
import { mapSteps } from '#core/data/stepTree.ts';
import type { ApplicabilityDomain } from '#core/export/applicabilityDomain.ts';
import {
  chainSchema,
  domainSchema,
  examplesSchema,
  memberPaths,
  metadataSchema,
  type BundleManifest,
  type BundleMetadata,
  type ExamplesDocument,
  type FilterDocument,
  type OperatorDocument,
  type Sha256,
  type StepDocument,
} from '#core/export/bundleFormat.ts';
import { chainSchema1, domainSchema1, examplesSchema1, metadataSchema1 } from '#core/export/bundleFormat1.ts';
import { bundleMembers, invalidBundle, type BundleMembers } from '#core/export/bundleMembers.ts';
import type { Examples } from '#core/export/chooseExamples.ts';
import { readSafetensors } from '#core/export/safetensors.ts';
import { stateFromTensors } from '#core/export/stateTensors.ts';
import { bundleLimits, type ZipLimits } from '#core/export/zipReader.ts';
import { fromRows } from '#core/numerics/matrix.ts';

export interface Bundle {
  readonly manifest: BundleManifest;
  readonly model: DeployedModel;
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
 * Opens a bundle of this or an earlier format and treats it as hostile: sizes and paths before anything is unpacked,
 * then the manifest, then every checksum, and only then the content, which is parsed strictly. Nothing in a bundle can
 * execute code.
 * @throws bundle.limit, bundle.unsafe-path, bundle.newer, bundle.checksum, bundle.unknown-operator, bundle.invalid
 */
export function readBundle(bytes: Uint8Array, options: BundleReading): Bundle {
  const { file, sha256 } = options;
  const members = bundleMembers(bytes, file, sha256, options.limits ?? bundleLimits);
  const { manifest } = members;
  const first = manifest.formatVersion === 1;
  const metadata = members.parse(first ? metadataSchema1 : metadataSchema, memberPaths.metadata);
  const model = readModel(members, options);
  const [chain] = model.chains;
  const p = chain?.inputAxis.values.length ?? 0;
  const classes = chain?.target.classes?.length ?? 0;
  return {
    manifest,
    model,
    metadata,
    onnx: members.has(memberPaths.onnx) ? members.bytes(memberPaths.onnx) : null,
    domain: readDomain(members, p, file),
    examples: readExamples(members, p, classes, file),
  };
}

function readModel(members: BundleMembers, options: BundleReading): DeployedModel {
  const { formatVersion, content } = members.manifest;
  const document = members.parse(formatVersion === 1 ? chainSchema1 : chainSchema, memberPaths.chain);
  if (content === 'refit' && document.chains.length !== 1)
    throw invalidBundle(options.file, `it holds ${document.chains.length} chains; a refitted model has one.`);
  const shared = {
    inputAxis: { unit: document.inputAxis.unit, values: Float64Array.from(document.inputAxis.values) },
    signal: document.signal,
    target: document.target,
  };
  return {
    content,
    chains: document.chains.map((steps) => ({
      ...shared,
      steps: readSteps(steps, members, options),
    })),
  };
}

/** Equal steps and members come back as one object, so that they are computed once. */
function readSteps(steps: readonly StepDocument[], members: BundleMembers, options: BundleReading): FittedStep[] {
  const read = nestedWell(options.file, () =>
    mapSteps<OperatorDocument, FilterDocument, FittedOperator, FittedFilter>(
      steps,
      {
        operator: (one) => ({ ...readOperator(one, members, options), role: one.role }),
        filter: (one) => readOperator(one, members, options),
      },
      (subtree) => JSON.stringify(subtree),
    ),
  ) as FittedStep[]; // checked next: a lane holds transforms only
  const odd = oddInLane(read);
  if (odd !== null) throw invalidBundle(options.file, `a view holds a ${odd}; only transforms can stand there.`);
  return read;
}

function nestedWell<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof EngineError && error.code === 'chain.invalid')
      throw invalidBundle(file, 'its steps are nested too deeply.');
    throw error;
  }
}

/** What stands in a lane of transforms and is none. */
function oddInLane(steps: readonly FittedStep[]): string | null {
  const lanes = steps.flatMap((step): (readonly FittedStep[])[] => {
    if (step.role === 'concat') return [...step.lanes];
    if (step.role === 'join') return step.parts.flatMap((part) => (part.kind === 'spectra' ? [part.lane] : []));
    return step.role === 'route' && step.key.kind === 'filters' ? [step.key.lane] : [];
  });
  const inner = steps.flatMap((step): (readonly FittedStep[])[] => {
    if (step.role === 'join')
      return step.parts.flatMap((part) => (part.kind === 'spectra' ? [] : part.members.map((one) => one.steps)));
    return step.role === 'route' ? step.lanes.map((lane) => lane.steps) : [];
  });
  for (const lane of lanes) {
    const odd = lane.find(({ role }) => role === 'target' || role === 'model' || role === 'route');
    if (odd !== undefined) return odd.role;
  }
  for (const list of [...lanes, ...inner]) {
    const odd = oddInLane(list);
    if (odd !== null) return odd;
  }
  return null;
}

function readOperator(step: FilterDocument, members: BundleMembers, options: BundleReading): FittedFilter {
  const { file, lookup } = options;
  const definition = knownOperator(step.id, lookup, file);
  const state = stateFromTensors(readSafetensors(members.bytes(step.state), file), `${step.id} in ${file}`);
  return { id: step.id, version: step.version, params: checkedParams(step, definition, file), state };
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
function checkedParams(step: FilterDocument, definition: AnyOperator, file: string): Readonly<Record<string, unknown>> {
  if (definition.version !== step.version) return step.params;
  const parsed = definition.params.safeParse(step.params);
  if (!parsed.success)
    throw invalidBundle(file, `the parameters of ${step.id} are not usable: ${firstIssue(parsed.error)}.`);
  return parsed.data;
}

function readDomain(members: BundleMembers, p: number, file: string): ApplicabilityDomain {
  const first = members.manifest.formatVersion === 1;
  const { samples, y, x } = members.parse(first ? domainSchema1 : domainSchema, memberPaths.domain);
  if (x.low.length !== p || x.high.length !== p) throw invalidBundle(file, 'its domain.json does not fit its axis.');
  return { samples, y, x: { low: Float64Array.from(x.low), high: Float64Array.from(x.high) } };
}

function readExamples(members: BundleMembers, p: number, classes: number, file: string): Examples {
  const first = members.manifest.formatVersion === 1;
  const read: ExamplesDocument = members.parse(first ? examplesSchema1 : examplesSchema, memberPaths.examples);
  const { sampleIds, spectra, expected, probabilities, metadata } = read;
  const k = spectra.length;
  const fits =
    spectra.every((row) => row.length === p) &&
    expected.length === k &&
    sampleIds.length === k &&
    Object.values(metadata ?? {}).every((values) => values.length === k) &&
    (probabilities === null || (probabilities.length === k && probabilities.every((row) => row.length === classes)));
  if (!fits) throw invalidBundle(file, 'its example.json does not fit its axis.');
  return {
    sampleIds,
    spectra: fromRows(spectra),
    predicted: Float64Array.from(expected),
    probabilities: probabilities === null ? null : fromRows(probabilities),
    ...(metadata === undefined ? {} : { rows: { metadata } }),
  };
}
