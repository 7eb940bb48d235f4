import { EngineError } from '#core/base/errors.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';
import { planSteps, refuse, type PlanStep } from '#core/pipeline/runPlan.ts';
import type { BranchStep } from '#core/pipeline/stepNode.ts';

/** What separating a pipeline into lanes needs to know of the data. */
export interface LaneFacts {
  /** Values of a metadata column over the training samples with their numbers, in order; null: no such column. */
  valuesOf(column: string): ReadonlyMap<string, number> | null;
  /** Names of the metadata columns, for messages. */
  readonly columns: readonly string[];
  /** Names of the sources. */
  readonly sources: readonly string[];
}

/** A group of samples (or a source) that has a lane of its own. */
export interface SeparatedGroup {
  readonly name: string;
  /** Values of the column; null for a source, which all samples have. */
  readonly values: readonly string[] | null;
  /** What lets only this group through. */
  readonly steps: readonly PlanStep[];
}

/** Verdicts of filters and tags: how they are called, and as they stand in their column. */
const VERDICTS: Readonly<Record<'tag' | 'filter', readonly (readonly [string, string])[]>> = {
  tag: [
    ['false', 'false'],
    ['true', 'true'],
  ],
  filter: [
    ['pass', 'false'],
    ['fail', 'true'],
  ],
};

/** The groups of a verdict, by the names that the document gives them. */
const verdicts = ({ groups }: BranchStep, by: 'tag' | 'filter') =>
  groups ?? VERDICTS[by].map(([name, value]) => ({ name, values: [value] }));
const verdictOf = (called: string): string => VERDICTS.filter.find(([name]) => name === called)?.[1] ?? called;

/** The column in which `by_filter` writes its verdict. */
export const filterColumn = (id: string): string => `${id} verdict`;

/** The groups of a separation; without facts, as far as the document alone tells them. Throws where the data do not have the column, or a group is too small. */
export function groupsOf(branch: BranchStep, facts: LaneFacts | null, catalog: PipelineCatalog): SeparatedGroup[] {
  const { by, path } = branch;
  switch (by) {
    case 'duplication':
      return [];
    case 'source':
      return sourcesOf(branch, facts).map((name) => ({
        name,
        values: null,
        steps: [{ kind: 'source', name, path }],
      }));
    case 'metadata':
      return metadataGroups(branch, facts);
    case 'tag': {
      const column = columnOf(branch);
      return verdicts(branch, 'tag').map(({ name, values }) => ({ name, ...selected(branch, column, values) }));
    }
    case 'filter': {
      const { filter } = branch;
      if (filter === null) return refuse(path, 'by_filter', 'it needs a filter, for example YOutlierFilter.');
      const column = filterColumn(filter.id ?? filter.name);
      const tag = planSteps(
        { kind: 'filter', keyword: 'tag', calls: [filter], mode: 'any', names: [column], path },
        catalog,
      );
      return verdicts(branch, 'filter').map(({ name, values: called }) => {
        const { values, steps } = selected(branch, column, called.map(verdictOf));
        return { name, values, steps: [...tag, ...steps] };
      });
    }
  }
}

function metadataGroups(branch: BranchStep, facts: LaneFacts | null): SeparatedGroup[] {
  const column = columnOf(branch);
  if (facts === null)
    return (branch.groups ?? [{ name: column, values: [] }]).map(({ name, values }) => ({
      name,
      ...selected(branch, column, values),
    }));
  const known = facts.valuesOf(column);
  if (known === null)
    throw new EngineError('run.no-column', { column, known: [...facts.columns], step: 'branch by_metadata' });
  const groups =
    branch.groups ??
    [...known.keys()].filter((value) => value !== '').map((value) => ({ name: value, values: [value] }));
  for (const { name, values } of groups) {
    const size = values.reduce((sum, value) => sum + (known.get(value) ?? 0), 0);
    if (size === 0)
      throw new EngineError('run.group-without-samples', { column, group: name, known: [...known.keys()] });
    if (size < branch.minSamples)
      throw new EngineError('run.group-too-small', { column, group: name, size, needed: branch.minSamples });
  }
  return groups.map(({ name, values }) => ({ name, ...selected(branch, column, values) }));
}

function sourcesOf(branch: BranchStep, facts: LaneFacts | null): readonly string[] {
  const named = branch.lanes.flatMap(({ name }) => name ?? []);
  if (facts === null) return named.length > 0 ? named : ['source'];
  const { sources } = facts;
  for (const name of named)
    if (!sources.includes(name)) throw new EngineError('run.unknown-source', { source: name, known: [...sources] });
  if (sources.length < 2 && named.length === 0) throw new EngineError('run.one-source', {});
  return named.length > 0 ? named : sources;
}

const columnOf = ({ column, path, by }: BranchStep): string =>
  column ?? refuse(path, `by_${by}`, 'it needs the name of a column.');

const selected = ({ path }: BranchStep, column: string, values: readonly string[]) => ({
  values,
  steps: [{ kind: 'select', column, values, path }] satisfies PlanStep[],
});
