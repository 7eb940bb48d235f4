import type { Sentences } from '#core/base/sentences.ts';

/** Failures while a run is planned or runs: code → details. */
export interface RunErrors {
  'run.empty-fold': { splitter: string; fold: number; part: string; samples: number };
  'run.all-excluded': Record<string, never>;
  'run.too-many-synthetic': { samples: number; gigabytes: number };
  'run.no-column': { step: string; column: string; known: readonly string[] };
  'run.no-target': { dataset: string };
  'run.unknown-target': { target: string; known: readonly string[] };
  'run.unknown-split': { label: string; known: readonly string[] };
  'run.split-overlap': { label: string };
  'run.nothing-to-train': { labels: readonly string[] };
  'run.no-model': Record<string, never>;
  'run.cannot-choose': { variants: number };
  'run.all-failed': { first: string };
  'run.too-many-variants': { variants: number; limit: number };
  'run.busy': { run: string };
  'run.no-final-model': { run: string };
  'run.worker-lost': { doing: string };
  'run.not-single-lane': { what: string };
  'run.unknown-metric': { metric: string; task: string; known: readonly string[] };
  'run.fold-file': { file: string; problem: string };
  'run.mixed-tasks': { regression: string; classification: string };
  'run.not-classes': { target: string; values: number };
  'run.one-class': { target: string; label: string };
  'run.not-numbers': { target: string; model: string };
  'run.discretisers-differ': Record<string, never>;
  'run.group-without-samples': { column: string; group: string; known: readonly string[] };
  'run.group-too-small': { column: string; group: string; size: number; needed: number };
  'run.unknown-source': { source: string; known: readonly string[] };
  'run.one-source': Record<string, never>;
  'run.not-completed': { run: string };
  'run.closed': Record<string, never>;
  'run.nothing-to-resume': { run: string | null };
  'run.data-changed': { run: string };
  'run.no-variant': { run: string; variant: number };
  'run.empty-group': { group: string };
  'run.missing-predictions': { model: string; samples: number };
  'run.unknown-base': { name: string; lane: string; known: readonly string[] };
  'run.base-failed': { model: string; problem: string };
  'run.widths-differ': { widths: readonly number[] };
  'run.lanes-differ': { what: string };
  'run.no-base-models': { problem: string };
  'run.nothing-predicted': Record<string, never>;
  'run.too-deep': { levels: number; limit: number };
}

export const runSentences: Sentences<RunErrors> = {
  'run.empty-fold': (d) =>
    `${d.splitter}: fold ${d.fold} has no ${d.part} samples (${d.samples} training samples in all). Use fewer folds.`,
  'run.all-excluded': () =>
    'The filters exclude every training sample. Loosen their limits, or let them only tag the samples.',
  'run.too-many-synthetic': (d) =>
    `sample_augmentation would make ${d.samples} synthetic spectra, ${d.gigabytes.toFixed(1)} GB. Lower its count or target_size.`,
  'run.no-column': (d) =>
    `${d.step}: there is no metadata column "${d.column}". ${d.known.length === 0 ? 'The data have no metadata.' : `The data have: ${d.known.join(', ')}.`}`,
  'run.no-target': (d) =>
    `The dataset "${d.dataset}" has no target. Import it again with a file or column of reference values.`,
  'run.unknown-target': (d) => `There is no target "${d.target}". The dataset has: ${d.known.join(', ')}.`,
  'run.unknown-split': (d) => `No sample carries the split label "${d.label}". The labels are: ${d.known.join(', ')}.`,
  'run.split-overlap': (d) =>
    `The split label "${d.label}" is named for training and for test. A sample can only be one of them.`,
  'run.nothing-to-train': (d) =>
    `No training samples with a reference value are left under the split ${d.labels.join(', ')}. Choose other labels or another target.`,
  'run.no-model': () => 'The pipeline has no model, so there is nothing to cross-validate. Add one, for example PLS.',
  'run.closed': () => 'The application was closed while the run was going on.',
  'run.nothing-to-resume': (d) =>
    d.run === null
      ? 'No run of this workspace was interrupted, so there is nothing to resume.'
      : `The run "${d.run}" is complete, so there is nothing to resume.`,
  'run.cannot-choose': (d) =>
    `The pipeline has ${d.variants} variants and no splitter, so nothing can choose between them. Add a splitter, for example KFold.`,
  'run.all-failed': (d) => `No variant could be computed. The first reason: ${d.first}`,
  'run.too-many-variants': (d) =>
    `The pipeline spans ${d.variants} variants; at most ${d.limit} run at once. Narrow a sweep.`,
  'run.busy': (d) => `The run ${d.run} is still going on. Wait for it or cancel it first.`,
  'run.no-final-model': (d) =>
    `The run ${d.run} has no refitted model. Run the pipeline again with the refit switched on.`,
  'run.worker-lost': (d) =>
    `A worker stopped unexpectedly while ${d.doing}, probably for lack of memory. Run it again.`,
  'run.not-single-lane': (d) => `${d.what} cannot be run. Give all variants the same first splitter.`,
  'run.unknown-metric': (d) => `There is no ${d.task} metric "${d.metric}". Known: ${d.known.join(', ')}.`,
  'run.fold-file': (d) => `The file with folds "${d.file}" ${d.problem}`,
  'run.mixed-tasks': (d) =>
    `The pipeline has variants with a regression model (${d.regression}) and with a classifier (${d.classification}). Run them apart: their scores cannot be compared.`,
  'run.not-classes': (d) =>
    `${d.target} has ${d.values} different values, too many for classes. Make classes of it first, for example y_processing: KBinsDiscretizer, or use a regression model.`,
  'run.one-class': (d) =>
    `All training samples of ${d.target} belong to the class "${d.label}". A classifier needs at least two; class models (DDSIMCA, SIMCA) can learn from one.`,
  'run.not-numbers': (d) =>
    `${d.target} holds class names, and ${d.model} is a regression model. Use a classifier, for example PLSDA.`,
  'run.discretisers-differ': () =>
    'The variants make different classes of the target, so their scores cannot be compared. Use one discretiser for all.',
  'run.group-without-samples': (d) =>
    `${d.column}: no training sample belongs to the group "${d.group}". The values are: ${d.known.join(', ')}.`,
  'run.group-too-small': (d) =>
    `${d.column}: the group "${d.group}" has ${d.size} training samples, and min_samples asks for ${d.needed}. Join it with another group, or lower min_samples.`,
  'run.unknown-source': (d) =>
    `The data have no source "${d.source}". ${d.known.length < 2 ? 'They have one source only.' : `Their sources are: ${d.known.join(', ')}.`}`,
  'run.one-source': () =>
    'The pipeline separates by source, and the data have one source only. Import the sources together, or branch without by_source.',
  'run.not-completed': (d) =>
    `The run "${d.run}" has not completed, so none of its models can be refitted. Resume it first.`,
  'run.data-changed': (d) =>
    `The dataset of the run "${d.run}" is not what it was, so nothing can be added to it. Run the pipeline again on the data as they are.`,
  'run.no-variant': (d) => `The run "${d.run}" has no variant ${d.variant}.`,
  'run.empty-group': (d) =>
    `No training sample of this fold belongs to ${d.group}. Use fewer folds, or folds that keep the groups together (stratified by this column).`,
  'run.missing-predictions': (d) =>
    `${d.model} has no out-of-fold prediction for ${d.samples} training samples, because the splitter never validates them. Use a splitter that validates every sample (KFold), or set on_missing: warn in the merge to train the meta-model without them.`,
  'run.unknown-base': (d) => `Lane ${d.lane} has no model "${d.name}". It has: ${d.known.join(', ')}.`,
  'run.base-failed': (d) => `The base model ${d.model} failed: ${d.problem}`,
  'run.widths-differ': (d) =>
    `The lanes have ${d.widths.join(', ')} columns and cannot be stacked. Bring them to one axis with Resample, or merge them with concat.`,
  'run.no-base-models': (d) => `None of the base models could be computed. The first reason: ${d.problem}`,
  'run.nothing-predicted': () =>
    'None of the training samples of this fold has an out-of-fold prediction, so the model behind the merge has nothing to learn from. Use a splitter that validates every sample, for example KFold.',
  'run.too-deep': (d) =>
    `Stacks are nested ${d.levels} levels deep, and at most ${d.limit} are run. Flatten the pipeline, or set refit: {maxStackingDepth: ${d.levels}}.`,
  'run.lanes-differ': (d) =>
    `The lanes of the branch do not have the same ${d.what} samples. Move that step before the branch.`,
};
