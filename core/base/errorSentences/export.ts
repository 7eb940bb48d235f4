import type { Sentences } from '#core/base/sentences.ts';

/** Failures of exporting, of model files and of predicting with them: code → details. */
export interface ExportErrors {
  'export.failed': { file: string; reason: string };
  /** `reason`: why, and what to use instead ('' where nobody knows); `others`: further operators without a form. */
  'export.no-onnx-form': {
    operator: string;
    role: 'transform' | 'target' | 'model' | 'filter';
    reason: string;
    others: readonly string[];
  };
  'export.mismatch': { sample: string; engine: number; exported: number; difference: number; tolerance: number };
  'export.class-mismatch': { sample: string; engine: string; exported: string };
  'export.nothing-to-compare': { what: string };
  'export.state': { what: string; problem: string };
  'chain.invalid': { problem: string };
  /** A sample that no lane of a separated model is made for. `sample` counts from 1. */
  'chain.unknown-group': {
    kind: 'column' | 'filters';
    /** The column, or the filters. */
    by: string;
    value: string;
    sample: number;
    known: readonly string[];
  };
  'chain.no-column': { column: string; known: readonly string[] };
  'chain.operator-version': { operator: string; stored: number; current: number };
  'bundle.invalid': { file: string; problem: string };
  'bundle.limit': { file: string; what: string; found: string; limit: string };
  'bundle.unsafe-path': { file: string; member: string };
  'bundle.checksum': { file: string; member: string };
  'bundle.newer': { file: string; found: number; supported: number; madeBy: string };
  'bundle.unknown-operator': { file: string; operator: string };
  'predict.model-unreadable': { file: string; reason: string };
  'predict.model-columns': { file: string; expected: number; found: number };
  'predict.model-output': { file: string; problem: string };
  'predict.examples': { file: string; example: number; expected: number | string; found: number | string };
  'predict.axis-mismatch': { expected: string; found: string; problem: string };
}

const roleNames = {
  transform: 'the transform',
  target: 'the target processing',
  model: 'the model',
  filter: 'a filter that separates the samples',
} as const;

export const exportSentences: Sentences<ExportErrors> = {
  'export.failed': (d) => `The export to ${d.file} failed: ${d.reason} No file was left behind.`,
  'export.no-onnx-form': (d) =>
    [
      `${d.operator} (${roleNames[d.role]}) cannot be written as ONNX.`,
      d.reason === '' ? 'Replace it in the pipeline.' : d.reason,
      ...(d.others.length > 0 ? [`The same is true of ${d.others.join(', ')}.`] : []),
      'Or export a bundle, which Refract can predict with as it is.',
    ].join(' '),
  'export.mismatch': (d) =>
    `The exported model does not agree with Refract: sample ${d.sample} is predicted as ${d.exported} instead of ${d.engine} ` +
    `(relative difference ${d.difference.toExponential(1)}, allowed ${d.tolerance.toExponential(0)}). The export was not kept.`,
  'export.class-mismatch': (d) =>
    `The exported model does not agree with Refract: sample ${d.sample} is ${d.exported} instead of ${d.engine}. The export was not kept.`,
  'export.nothing-to-compare': (d) =>
    `The export cannot be verified, because ${d.what}. Give it at least one finite spectrum.`,
  'export.state': (d) => `The fitted state of ${d.what} cannot be used: ${d.problem}`,
  'chain.invalid': (d) => `The fitted model is not usable: ${d.problem}`,
  'chain.unknown-group': (d) =>
    (d.kind === 'filters'
      ? `Sample ${d.sample} is ${d.value === 'true' ? 'marked' : 'not marked'} by ${d.by}, and the model has no lane for such samples. `
      : `Sample ${d.sample} has ${d.value === '' ? 'no value' : `"${d.value}"`} in the metadata column "${d.by}", and the model knows only: ${d.known.join(', ')}. `) +
    'Correct the value, leave the sample out, or calibrate again with samples of this group.',
  'chain.no-column': (d) =>
    `The model chooses by the metadata column "${d.column}" how a sample is predicted, and the spectra come without it ` +
    `(${d.known.length === 0 ? 'they have no metadata' : `they have: ${d.known.join(', ')}`}). Add the column to the file, with one value a sample.`,
  'chain.operator-version': (d) =>
    `${d.operator} was fitted by its version ${d.stored}; this Refract has version ${d.current}, which may give other numbers. ` +
    `Run the pipeline again, or predict with the ONNX file of the export.`,
  'bundle.invalid': (d) => `${d.file} is not a usable Refract bundle: ${d.problem}`,
  'bundle.limit': (d) =>
    `${d.file} was not opened: ${d.what} is ${d.found}, and the limit is ${d.limit}. Files from Refract stay far below it; ask where this file comes from.`,
  'bundle.unsafe-path': (d) =>
    `${d.file} was not opened: its member "${d.member}" points outside the bundle. Do not use this file.`,
  'bundle.checksum': (d) =>
    `${d.file} is damaged or was changed: the checksum of ${d.member} does not match. Copy or export it again.`,
  'bundle.newer': (d) =>
    `${d.file} was made by Refract ${d.madeBy} in bundle format ${d.found}; this Refract reads formats up to ${d.supported}. Update Refract to open it.`,
  'bundle.unknown-operator': (d) =>
    `${d.file} uses the operator "${d.operator}", which this Refract does not have. Update Refract to open it.`,
  'predict.model-unreadable': (d) => `${d.file} cannot be read as an ONNX model: ${d.reason}`,
  'predict.model-columns': (d) =>
    `${d.file} expects ${d.expected} values a spectrum, the data has ${d.found}. Measure or export the spectra on the model's axis.`,
  'predict.model-output': (d) => `${d.file} cannot be used for prediction: ${d.problem}`,
  'predict.examples': (d) =>
    `${d.file} does not reproduce its own example ${d.example}: ${d.found} instead of ${d.expected}. Do not use this file; export it again.`,
  'predict.axis-mismatch': (d) =>
    `The model and the file do not have the same axis: ${d.problem} The model expects ${d.expected}; the file has ${d.found}. ` +
    `Nothing was resampled. Export the spectra on the model's axis and try again.`,
};
