import { z } from 'zod';
import type { FileOptions, ImportOptions } from '#core/contract/imports.ts';
import { fileStem } from '#core/io/fileRoleHint.ts';
import { nirs4allParams, nirs4allSignal } from '#core/io/nirs4allParams.ts';
import { baseName } from '#core/io/baseName.ts';

/** A file and what is said about it. */
export interface ConfigFile extends FileOptions {
  readonly path: string;
}

/**
 * The keys of nirs4all for datasets: `train_x`, `train_y`, `train_m`, `test_x`, `test_y`, `test_m` with a path (for X also
 * a list of paths, one a source), `…_params` beside each and `global_params` for all; or `sources: [{name, train_x,
 * test_x}]` with `targets` and `metadata` for all samples. Other spellings of the partitions and roles (`cal`, `Xtrain`,
 * `test_targets` …) mean the same.
 */
export function isNirs4allConfig(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || 'files' in value) return false;
  return Object.keys(value).some((key) => key === 'sources' || partitionKey(key)?.role === 'x');
}

/**
 * The same as a list of files with roles.
 *
 * @throws Error with a sentence about what cannot be understood
 */
export function fromNirs4all(config: Readonly<Record<string, unknown>>): Partial<Omit<ImportOptions, 'files'>> & {
  readonly files: ConfigFile[];
} {
  const files: ConfigFile[] = [];
  const { plain, parts, params } = sorted(config);
  const general = nirs4allParams(config['global_params'], 'global_params');
  let missing = general.missing;
  const add = (partition: string | null, role: PartitionKey['role'], value: unknown, key: string): void => {
    const paths = pathsOf(value, key);
    const own = params.get(`${partition ?? ''} ${role}`);
    paths.forEach((path, k) => {
      const given = nirs4allParams(Array.isArray(own) ? own[k] : own, `${key}_params`);
      missing = given.missing ?? missing;
      const several = role === 'x' && paths.length > 1;
      files.push({
        path,
        role: role === 'x' ? (several ? 'source' : 'spectra') : ROLES[role],
        ...(several ? { source: sourceName(path) } : {}),
        ...(partition === null ? {} : { partition }),
        ...general.file,
        ...given.file,
      });
    });
  };
  for (const { partition, role, key } of parts) add(partition, role, config[key], key);
  namesOfFirst(files);
  for (const [k, entry] of plain.sources.entries()) {
    const { name, ...rest } = entry;
    const own = sorted(rest);
    const ownParams = (partition: string) => own.params.get(`${partition} x`) ?? rest['params'];
    for (const { partition, role, key } of own.parts) {
      if (role !== 'x') throw new Error(`"sources.${k}.${key}": give targets and metadata beside the sources.`);
      for (const path of pathsOf(rest[key], key)) {
        const given = nirs4allParams(ownParams(partition), `sources.${k}.params`);
        missing = given.missing ?? missing;
        files.push({ path, role: 'source', source: name, partition, ...general.file, ...given.file });
      }
    }
  }
  for (const [role, value] of [
    ['y', plain.targets],
    ['m', plain.metadata],
  ] as const)
    if (value !== undefined) add(null, role, value, role === 'y' ? 'targets' : 'metadata');
  const signal = config['signal_type'] === undefined ? undefined : nirs4allSignal(config['signal_type'], 'signal_type');
  const name = typeof config['name'] === 'string' ? config['name'] : undefined;
  return {
    files,
    ...(name === undefined ? {} : { name }),
    ...(signal === undefined ? {} : { signal }),
    ...(missing === undefined ? {} : { missing }),
  };
}

interface PartitionKey {
  readonly partition: 'train' | 'test';
  readonly role: 'x' | 'y' | 'm';
  /** The key is that of the parameters for the files. */
  readonly params: boolean;
}

const ROLES = { x: 'spectra', y: 'targets', m: 'metadata' } as const;
const PARTITIONS =
  '(?<train>train|trn|cal|calibration|fit)|(?<test>test|tst|val|validation|eval|holdout|predict|inference)';
const PARTS =
  '(?<x>x|features?|spectrum|spectra|signals?)|(?<y>y|targets?|labels?|responses?)|(?<m>m|meta|metadata|groups?|samplemeta|samplemetadata)';
const KEYS = [
  new RegExp(`^(?:${PARTITIONS})(?:${PARTS})(?<params>params)?$`),
  new RegExp(`^(?:${PARTS})(?:${PARTITIONS})(?<params>params)?$`),
];

function partitionKey(key: string): PartitionKey | null {
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, '');
  for (const pattern of KEYS) {
    const found = pattern.exec(plain)?.groups;
    if (found === undefined) continue;
    return {
      partition: found['train'] !== undefined ? 'train' : 'test',
      role: found['x'] !== undefined ? 'x' : found['y'] !== undefined ? 'y' : 'm',
      params: found['params'] !== undefined,
    };
  }
  return null;
}

/** Keys that say nothing about how files are read. */
const SILENT = new Set(['name', 'description', 'task_type', 'global_params', 'signal_type', 'params']);

const Source = z.looseObject({ name: z.string().trim().min(1).max(100) });

function sorted(config: Readonly<Record<string, unknown>>) {
  const parts: { partition: 'train' | 'test'; role: PartitionKey['role']; key: string }[] = [];
  const params = new Map<string, unknown>();
  let sources: z.infer<typeof Source>[] = [];
  for (const [key, value] of Object.entries(config)) {
    const found = partitionKey(key);
    if (found?.params === true) params.set(`${found.partition} ${found.role}`, value);
    else if (found !== null) {
      if (value !== null) parts.push({ partition: found.partition, role: found.role, key });
    } else if (key === 'sources') {
      const read = z.array(Source).min(1).safeParse(value);
      if (!read.success) throw new Error('"sources": expected a list of sources, each with a name and train_x.');
      sources = read.data;
    } else if (key !== 'targets' && key !== 'metadata' && !SILENT.has(key) && !key.startsWith('_'))
      throw new Error(`"${key}": this key is not supported. Leave it out, or choose it in the import dialog.`);
  }
  // Training samples first, whatever the order of the keys.
  parts.sort((a, b) => Number(a.partition === 'test') - Number(b.partition === 'test'));
  return { parts, params, plain: { sources, targets: config['targets'], metadata: config['metadata'] } };
}

const OnePath = z.union([z.string().min(1), z.looseObject({ path: z.string().min(1) }).transform(({ path }) => path)]);

function pathsOf(value: unknown, key: string): string[] {
  const read = z.union([OnePath.transform((path) => [path]), z.array(OnePath).min(1)]).safeParse(value);
  if (!read.success) throw new Error(`"${key}": expected the path of a file, or a list of paths.`);
  return read.data;
}

/** "nir_train.csv" is about the source nir. */
function sourceName(path: string): string {
  const stem = fileStem(baseName(path));
  const name = stem.replace(/[\s_.-]*(train|trn|calibration|cal|test|tst|validation|val)$/i, '');
  return name.replace(/^(train|trn|calibration|cal|test|tst|validation|val)[\s_.-]+/i, '') || stem;
}

/** Sources are named by their place: those of the test samples have the names of the training samples. */
function namesOfFirst(files: ConfigFile[]): void {
  const names = new Map<string, (string | undefined)[]>();
  for (const [k, file] of files.entries()) {
    if (file.source === undefined) continue;
    const own = names.get(file.partition ?? '') ?? [];
    names.set(file.partition ?? '', own);
    const [first] = names.values();
    const taken = own.filter((name) => name === file.source).length;
    own.push(file.source);
    const source = first === own || first === undefined ? file.source : (first[own.length - 1] ?? file.source);
    if (source !== file.source) files[k] = { ...file, source };
    else if (taken > 0) files[k] = { ...file, source: `${file.source} (${taken + 1})` };
  }
}
