import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PipelineCheck } from '#core/contract/pipelines.ts';
import { enginePipelineCatalog } from '#core/engine/enginePipelineCatalog.ts';
import { foldFilesIn, withFoldFiles } from '#core/engine/foldFiles.ts';
import { parseDocument } from '#core/engine/parseDocument.ts';
import { planDocument, targetUse } from '#core/engine/planDocument.ts';
import { previewSteps } from '#core/engine/previewSteps.ts';
import { fullCheck } from '#core/pipeline/checkPipeline.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import { topologyOf } from '#core/pipeline/topology.ts';
import type { FuzzTarget } from '#tests/fuzz/lib/target.ts';

const presets = join(import.meta.dirname, '..', '..', '..', 'resources', 'presets');
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A pipeline document: checked as the window does while it is typed, then planned as a run would. */
export const pipelines: FuzzTarget = {
  name: 'pipelines',
  perByte: 600,
  covers: ['core/pipeline/readText.ts', 'core/base/boundedYaml.ts', 'core/engine/parseDocument.ts', 'core/engine/planDocument.ts'],
  open: () =>
    Promise.resolve({
      seeds: documents().map((text) => encoder.encode(text)),
      words: WORDS,
      longest: 20_000,
      run(input) {
        const text = decoder.decode(input);
        const check = PipelineCheck.parse(fullCheck(text, enginePipelineCatalog, FACTS));
        const long = check.problems.find(({ message }) => message.length > 2_000);
        if (long !== undefined) throw new Error(`A problem of ${long.message.length} characters: ${long.code}`);
        const { document } = parsePipeline(text, enginePipelineCatalog);
        topologyOf(document);
        previewSteps(document, ['pipeline', 0]);
        if (!check.runnable) return [...new Set(check.problems.map(({ code }) => code))].sort().join(' ');
        foldFilesIn(text);
        const parsed = parseDocument(text);
        targetUse(parsed);
        if (document.space.count > 300n) return check;
        const plan = planDocument(parsed, null, LANES);
        return { variants: plan.variants.length, groups: plan.groups.length, warnings: plan.warnings };
      },
    }),
}; // prettier-ignore

const FACTS = { samples: 200, wavelengths: 100, metadata: ['batch', 'site'], splitLabels: ['train', 'test'] };
const LANES = {
  columns: ['batch', 'site'],
  sources: ['nir'],
  valuesOf: (column: string) => (column === 'batch' ? new Map([['1', 100], ['2', 100]]) : null), // prettier-ignore
};

/** Documents of every part of the language. */
export const documents = (): string[] => [
  // The large sweeps are left out: what they are made of stands in the others, which are read a hundred times faster.
  ...['tecator-fat', 'stack-of-models'].map((name) => readFileSync(join(presets, `${name}.yaml`), 'utf8')),
  ...OWN,
];

const OWN = [
  '{"pipeline": [{"preprocessing": "SNV"}, {"split": {"class": "KFold", "params": {"n_splits": 3}}}, {"model": "PLS", "n_components": {"_range_": [1, 9]}}]}',
  'pipeline:\n  - {_or_: [SNV, MSC, null], pick: [1, 2], count: 3}\n  - split: KFold\n  - model: PLS\n    n_components: {_sample_: {distribution: uniform, from: 1, to: 9, num: 4}}\n    finetune_params: {n_trials: 3, model_params: {n_components: [int, 1, 9]}}\n',
  'presets: {a: [SNV], b: {_preset_: a}}\npipeline:\n  - _preset_: b\n  - _grid_: {model: [PLS, Ridge]}\n  - _cartesian_: [[SNV, null], [MSC, null]]\n',
  'pipeline:\n  - KFold\n  - branch:\n      left: [SNV, PLS]\n      right: [MSC, Ridge]\n  - merge: predictions\n  - model: Ridge\nrefit: {keep_fold_artifacts: true}\nmetric: rmse\nrandom_state: 3\n',
  'pipeline:\n  - split: {file: folds.csv}\n  - branch: {by_metadata: batch, lanes: {a: [PLS], b: [Ridge]}}\n  - merge: concat\n',
  'pipeline:\n  - exclude: YOutlierFilter\n  - sample_augmentation: {transformers: [GaussianAdditiveNoise], count: 2}\n  - y_processing: StandardScaler\n  - ShuffleSplit\n  - {_log_range_: [0.001, 10, 5], param: alpha, model: Ridge}\n',
];

const WORDS = [
  '_or_', '_range_', '_log_range_', '_grid_', '_zip_', '_cartesian_', '_chain_', '_sample_', '_preset_', '_mutex_', '_requires_',
  '_exclude_', '_depends_on_', 'pick', 'arrange', 'then_pick', 'then_arrange', 'count', 'param', 'pipeline:', 'steps:', 'presets:',
  'model', 'preprocessing', 'split', 'branch', 'merge', 'y_processing', 'exclude', 'tag', 'sample_augmentation', 'refit', 'class',
  'params', 'finetune_params', 'n_trials', 'PLS', 'Ridge', 'SNV', 'MSC', 'KFold', 'sklearn.decomposition.PCA', 'by_metadata', 'by_source',
  'by_tag', 'predictions', 'features', 'concat', '_disabled_', 'n_components', '&a', '*a', '<<: *a', '!!python/object', '\n  - ', '\n- ', ': ',
  '//', '/*', '*/', '{', '[', '? ', '|\n  ', '>-\n', "'", '"', '%YAML 1.1\n---\n', '...\n',
]; // prettier-ignore

/** A file with folds, named by a document: CSV, JSON or YAML. */
export const foldFiles: FuzzTarget = {
  name: 'fold-files',
  perByte: 600,
  covers: ['core/engine/foldFiles.ts'],
  open() {
    const planFor = (file: string) =>
      planDocument(parseDocument(`pipeline:\n  - split: ${file}\n  - PLS\n`), null, LANES);
    const plans = ['folds.csv', 'folds.json', 'folds.yaml'].map((file) => ({ file, plan: planFor(file) }));
    const ids = Array.from({ length: 12 }, (_, k) => `s${k}`);
    return Promise.resolve({
      seeds: FOLDS.map((text) => encoder.encode(text)),
      words: ['fold', 'fold_0', 'fold_1', 's1', 's11', 'train', 'validation', 'val', 'test', 'folds', ',', ';', '\n', '-1', '&a', '*a', '['],
      run(input) {
        const { file, plan } = plans[input.length % plans.length] ?? plans[0] ?? { file: '', plan: planFor('folds.csv') };
        const { groups } = withFoldFiles(plan, { [file]: decoder.decode(input) }, ids);
        return groups[0]?.steps.find((step) => step.role === 'splitter');
      },
    });
  },
}; // prettier-ignore

const FOLDS = [
  'sample,fold\ns0,0\ns1,0\ns2,1\ns3,1\n',
  'fold\n0\n0\n1\n1\n2\n2\n',
  'fold_0,fold_1\ns0,s1\ns2,s3\n4,5\n',
  '[0, 0, 1, 1, -1]',
  '{"s0": 0, "s1": "b"}',
  'folds:\n  - {train: [0, 1, s2], validation: [3]}\n  - {train: [3], val: [0]}\n',
  '[[[0, 1], [2]], [[2], [0, 1]]]',
];
