import type { LocatedMap } from '#core/pipeline/located.ts';

/** Keys that make a map a generator. A map has one of them. */
export const generatorKeywords = [
  '_or_',
  '_range_',
  '_log_range_',
  '_grid_',
  '_zip_',
  '_chain_',
  '_sample_',
  '_cartesian_',
] as const;
export type GeneratorKeyword = (typeof generatorKeywords)[number];

/** Keys that shape what a generator yields. `size` is the older name of `pick`. */
export const modifierKeywords: ReadonlySet<string> = new Set([
  'pick',
  'arrange',
  'then_pick',
  'then_arrange',
  'count',
  'size',
  'param',
  '_seed_',
  '_weights_',
  '_mutex_',
  '_requires_',
  '_exclude_',
  '_depends_on_',
]);

export const PRESET = '_preset_';
/** `{_disabled_: step}`: a step that was switched off in the builder and keeps its settings. */
export const DISABLED = '_disabled_';

/** Keys that make a map a keyword step. */
export const stepKeywords = [
  'model',
  'meta_model',
  'preprocessing',
  'y_processing',
  'split',
  'tag',
  'exclude',
  'sample_filter',
  'sample_augmentation',
  'feature_augmentation',
  'concat_transform',
  'branch',
  'source_branch',
  'merge',
  'merge_sources',
  'merge_predictions',
  'rep_to_sources',
  'rep_to_pp',
] as const;
export type StepKeyword = (typeof stepKeywords)[number];

export const documentKeys = [
  'name',
  'description',
  'pipeline',
  'steps',
  'refit',
  'metric',
  'ranking',
  'random_state',
  'seed',
  'presets',
] as const;

/** What other tools write at the top of a document and what changes nothing. */
export const ignoredDocumentKeys: ReadonlySet<string> = new Set(['has_generators', 'num_configurations', 'version']);

/**
 * Steps that draw (`chart_2d`, `fold_chart`): documents of others have them. Every plot is in the window anyway, so they
 * change nothing and stand for nothing.
 */
export const isChart = (name: string): boolean => /^(?:chart_\w+|\w+_charts?|spectra_dist\w*)$/.test(name);

export const isGeneratorKeyword = (key: string): key is GeneratorKeyword =>
  (generatorKeywords as readonly string[]).includes(key);
export const isStepKeyword = (key: string): key is StepKeyword => (stepKeywords as readonly string[]).includes(key);

/** `_comment`, `_tags_`, `_metadata_` and whatever else begins with an underscore and means nothing to the language. */
export const isComment = (key: string): boolean =>
  key.startsWith('_') && !isGeneratorKeyword(key) && !modifierKeywords.has(key) && key !== PRESET;

/** The generator keyword of a map, if it has one. */
export const generatorOf = (map: LocatedMap): GeneratorKeyword | undefined =>
  map.entries.map((entry) => entry.key).find(isGeneratorKeyword);
