import { strToU8 } from 'fflate';
import { stringify } from 'yaml';
import { leadChain, type DeployedModel } from '#core/data/deployedModel.ts';
import type { FittedFilter, FittedOperator, FittedStep } from '#core/data/fittedChain.ts';
import type { State } from '#core/data/operator.ts';
import { mapSteps } from '#core/data/stepTree.ts';
import type { ApplicabilityDomain } from '#core/export/applicabilityDomain.ts';
import {
  BUNDLE_FORMAT_VERSION,
  memberPaths,
  PLAIN_FORMAT_VERSION,
  type BundleManifest,
  type BundleMetadata,
  type BundleScore,
  type ChainDocument,
  type ExamplesDocument,
  type FilterDocument,
  type OperatorDocument,
  type Sha256,
  type StepDocument,
} from '#core/export/bundleFormat.ts';
import type { Examples } from '#core/export/chooseExamples.ts';
import type { Lineage } from '#core/export/lineage.ts';
import { namedModel, plainParams } from '#core/export/namedSteps.ts';
import { writeSafetensors } from '#core/export/safetensors.ts';
import { stateToTensors } from '#core/export/stateTensors.ts';
import { writeZip } from '#core/export/zipWriter.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';

export interface BundleParts {
  readonly appVersion: string;
  /** ISO 8601 in UTC, as `Date.toISOString` writes it. */
  readonly created: string;
  readonly lineage: Lineage;
  readonly model: DeployedModel;
  readonly scores: readonly BundleScore[];
  /** From `modelToOnnx`; null where an operator has no ONNX form. */
  readonly onnx: Uint8Array | null;
  readonly domain: ApplicabilityDomain;
  readonly examples: Examples;
}

/** Packs a model into a `.refract` bundle. Equal parts give equal bytes. Format: bundle-format.md. */
export function writeBundle(parts: BundleParts, sha256: Sha256): Uint8Array {
  const states = stateMembers(sha256);
  const chain = chainDocument(parts.model, states.pathOf);
  const members = new Map<string, Uint8Array>([[memberPaths.chain, jsonBytes(chain)], ...states.members]);
  if (parts.onnx !== null) members.set(memberPaths.onnx, parts.onnx);
  members.set(memberPaths.metadata, strToU8(stringify(bundleMetadata(parts), { aliasDuplicateObjects: false })));
  members.set(memberPaths.domain, jsonBytes(domainDocument(parts.domain)));
  members.set(memberPaths.examples, jsonBytes(examplesDocument(parts.examples)));

  const manifest: BundleManifest = {
    format: 'refract-bundle',
    formatVersion: parts.model.chains.every(({ steps }) => isPlain(steps))
      ? PLAIN_FORMAT_VERSION
      : BUNDLE_FORMAT_VERSION,
    appVersion: parts.appVersion,
    created: parts.created,
    content: parts.model.content,
    lineage: parts.lineage,
    members: [...members].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256(bytes) })),
  };
  return writeZip(new Map([[memberPaths.manifest, jsonBytes(manifest)], ...members]));
}

/** What a catalog needs to know of a model: the content of metadata.yaml. */
export function bundleMetadata(parts: Omit<BundleParts, 'onnx' | 'domain'>): BundleMetadata {
  const { model, lineage } = parts;
  const { steps, target, inputAxis, signal } = leadChain(model);
  const { values, unit } = inputAxis;
  const columns = Object.keys(parts.examples.rows?.metadata ?? {});
  return {
    schemaVersion: 2,
    task: target.classes === null ? 'regression' : 'classification',
    content: model.content,
    members: model.chains.length,
    ...namedModel(steps),
    ...(columns.length === 0 ? {} : { requiredMetadata: columns }),
    target: targetDocument(target),
    axis: { unit, points: values.length, first: values[0] ?? 0, last: values.at(-1) ?? 0 },
    signal,
    scores: [...parts.scores],
    dataset: { name: lineage.datasetName, hash: lineage.datasetHash },
    runId: lineage.runId,
    variant: lineage.variant,
    pipelineHash: lineage.pipelineHash,
    created: parts.created,
    appVersion: parts.appVersion,
  };
}

/** Operators and views alone, as earlier versions of the format have them. */
const isPlain = (steps: readonly FittedStep[]): boolean =>
  steps.every((step) =>
    step.role === 'concat' ? step.lanes.every(isPlain) : !(['source', 'join', 'route'] as string[]).includes(step.role),
  );

/** Numbers the fitted operators; equal states (folds that share a step) are one member. */
function stateMembers(sha256: Sha256): { members: Map<string, Uint8Array>; pathOf: (state: State) => string } {
  const members = new Map<string, Uint8Array>();
  const byHash = new Map<string, string>();
  return {
    members,
    pathOf(state) {
      const bytes = writeSafetensors(stateToTensors(state));
      const hash = sha256(bytes);
      const path = byHash.get(hash) ?? memberPaths.state(members.size);
      byHash.set(hash, path);
      members.set(path, bytes);
      return path;
    },
  };
}

const jsonBytes = (value: unknown): Uint8Array => strToU8(`${JSON.stringify(value, null, 1)}\n`);
const targetDocument = (target: ReturnType<typeof leadChain>['target']): ChainDocument['target'] => ({
  name: target.name,
  unit: target.unit,
  classes: target.classes === null ? null : [...target.classes],
});

function chainDocument(model: DeployedModel, pathOf: (state: State) => string): ChainDocument {
  const { inputAxis, signal, target } = leadChain(model);
  const common = (one: FittedOperator | FittedFilter): FilterDocument => ({
    id: one.id,
    version: one.version,
    params: plainParams(one),
    state: pathOf(one.state),
  });
  const stepsOf = (steps: readonly FittedStep[]): StepDocument[] =>
    mapSteps<FittedOperator, FittedFilter, OperatorDocument, FilterDocument>(steps, {
      operator: (one) => ({ role: one.role, ...common(one) }),
      filter: common,
    });
  return {
    inputAxis: { unit: inputAxis.unit, values: Array.from(inputAxis.values) },
    signal,
    target: targetDocument(target),
    chains: model.chains.map(({ steps }) => stepsOf(steps)),
  };
}

const domainDocument = ({ samples, y, x }: ApplicabilityDomain) => ({
  samples,
  y,
  x: { low: Array.from(x.low), high: Array.from(x.high) },
});

/** JSON numbers are written with as many digits as it takes to read back the same double (17 at most). */
const examplesDocument = ({ sampleIds, spectra, predicted, probabilities, rows }: Examples): ExamplesDocument => ({
  sampleIds: [...sampleIds],
  spectra: rowsOf(spectra),
  expected: Array.from(predicted),
  probabilities: probabilities === null ? null : rowsOf(probabilities),
  ...(rows === undefined
    ? {}
    : { metadata: Object.fromEntries(Object.entries(rows.metadata).map(([name, values]) => [name, [...values]])) }),
});

const rowsOf = (m: Matrix): number[][] => Array.from({ length: m.rows }, (_, i) => Array.from(rowOf(m, i)));
