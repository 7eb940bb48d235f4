import { strToU8 } from 'fflate';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { FittedChain, FittedStep } from '#core/data/fittedChain.ts';
import type { ApplicabilityDomain } from '#core/export/applicabilityDomain.ts';
import {
  BUNDLE_FORMAT_VERSION,
  memberPaths,
  type BundleManifest,
  type BundleMetadata,
  type BundleScore,
  type Sha256,
} from '#core/export/bundleFormat.ts';
import type { Examples } from '#core/export/chooseExamples.ts';
import type { Lineage } from '#core/export/lineage.ts';
import { writeSafetensors } from '#core/export/safetensors.ts';
import { stateToTensors } from '#core/export/stateTensors.ts';
import { writeZip } from '#core/export/zipWriter.ts';
import { rowOf } from '#core/numerics/matrix.ts';

export interface BundleParts {
  readonly appVersion: string;
  /** ISO 8601 in UTC, as `Date.toISOString` writes it. */
  readonly created: string;
  readonly lineage: Lineage;
  readonly chain: FittedChain;
  readonly scores: readonly BundleScore[];
  /** From `chainToOnnx`; null where an operator has no ONNX form. */
  readonly onnx: Uint8Array | null;
  readonly domain: ApplicabilityDomain;
  readonly examples: Examples;
}

/** Packs one refitted model into a `.refract` bundle. Equal parts give equal bytes. Format: bundle-format.md. */
export function writeBundle(parts: BundleParts, sha256: Sha256): Uint8Array {
  const { chain } = parts;
  const members = new Map<string, Uint8Array>();
  members.set(memberPaths.chain, jsonBytes(chainDocument(chain)));
  chain.steps.forEach((step, i) => members.set(memberPaths.state(i), writeSafetensors(stateToTensors(step.state))));
  if (parts.onnx !== null) members.set(memberPaths.onnx, parts.onnx);
  members.set(memberPaths.metadata, strToU8(stringify(bundleMetadata(parts))));
  members.set(memberPaths.domain, jsonBytes(domainDocument(parts.domain)));
  members.set(memberPaths.examples, jsonBytes(examplesDocument(parts.examples)));

  const manifest: BundleManifest = {
    format: 'refract-bundle',
    formatVersion: BUNDLE_FORMAT_VERSION,
    appVersion: parts.appVersion,
    created: parts.created,
    content: 'refit',
    lineage: parts.lineage,
    members: [...members].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256(bytes) })),
  };
  return writeZip(new Map([[memberPaths.manifest, jsonBytes(manifest)], ...members]));
}

/** What a catalog needs to know of a model: the content of metadata.yaml. */
export function bundleMetadata(parts: Omit<BundleParts, 'onnx' | 'domain' | 'examples'>): BundleMetadata {
  const { chain, lineage } = parts;
  const { values, unit } = chain.inputAxis;
  const named = (role: FittedStep['role']): BundleMetadata['preprocessing'] =>
    chain.steps.filter((step) => step.role === role).map((step) => ({ id: step.id, params: plainParams(step) }));
  const [model] = named('model');
  return {
    schemaVersion: 1,
    task: 'regression',
    model: model ?? { id: '', params: {} },
    preprocessing: named('transform'),
    targetProcessing: named('target'),
    target: chain.target,
    axis: { unit, points: values.length, first: values[0] ?? 0, last: values.at(-1) ?? 0 },
    signal: chain.signal,
    scores: [...parts.scores],
    dataset: { name: lineage.datasetName, hash: lineage.datasetHash },
    runId: lineage.runId,
    variant: lineage.variant,
    pipelineHash: lineage.pipelineHash,
    created: parts.created,
    appVersion: parts.appVersion,
  };
}

const jsonBytes = (value: unknown): Uint8Array => strToU8(`${JSON.stringify(value, null, 1)}\n`);
/** Parameters come from pipeline documents and so are JSON; this makes the types say it. */
const plainParams = (step: FittedStep) => z.record(z.string(), z.json()).parse(step.params);

const chainDocument = (chain: FittedChain) => ({
  inputAxis: { unit: chain.inputAxis.unit, values: Array.from(chain.inputAxis.values) },
  signal: chain.signal,
  target: chain.target,
  steps: chain.steps.map((step, i) => ({
    role: step.role,
    id: step.id,
    version: step.version,
    params: plainParams(step),
    state: memberPaths.state(i),
  })),
});

const domainDocument = ({ samples, y, x }: ApplicabilityDomain) => ({
  samples,
  y,
  x: { low: Array.from(x.low), high: Array.from(x.high) },
});

/** JSON numbers are written with as many digits as it takes to read back the same double (17 at most). */
const examplesDocument = ({ sampleIds, spectra, expected }: Examples) => ({
  sampleIds,
  spectra: Array.from({ length: spectra.rows }, (_, i) => Array.from(rowOf(spectra, i))),
  expected: Array.from(expected),
});
