import { fieldKind, shortName } from '#core/pipeline/fieldNames.ts';
import { isComment } from '#core/pipeline/keywords.ts';
import { entryOf, mapAt, toPlain, type DocPath, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import type { StepContext } from '#core/pipeline/stepContext.ts';
import type { OperatorCall } from '#core/pipeline/stepNode.ts';

/**
 * An operator in any spelling: `Name`, `{Name: params}`, `{class: "path.Name", params}`. Null (with a problem) when it
 * is none of them. `beside` are parameters written beside the operator instead of in it.
 */
export function readOperator(node: Located, context: StepContext, beside?: LocatedMap): OperatorCall | null {
  const refuse = (message: string): null => {
    context.report('error', 'pipeline.step', node.path, message);
    return null;
  };
  if (node.kind === 'scalar') {
    if (typeof node.value === 'string' && node.value.trim() !== '')
      return call(node.value.trim(), node.path, undefined, context, beside);
    return refuse(`An operator name is expected here, for example SNV; found ${JSON.stringify(node.value)}.`);
  }
  if (node.kind === 'list') return refuse('One operator is expected here, not a list.');
  const entries = node.entries.filter((entry) => !isComment(entry.key));
  const className = entryOf(node, 'class');
  if (className) {
    for (const entry of entries)
      if (entry.key !== 'class' && entry.key !== 'params')
        context.report(
          'error',
          'pipeline.unknown-key',
          entry.value.path,
          `"${entry.key}" is not known beside class; parameters belong under params.`,
        );
    if (className.kind !== 'scalar' || typeof className.value !== 'string')
      return refuse('class needs a name, for example sklearn.preprocessing.StandardScaler.');
    return call(className.value, node.path, entryOf(node, 'params'), context, beside);
  }
  const [only, another] = entries;
  if (!only) return refuse('An operator is expected here; this map is empty.');
  if (another)
    return refuse(
      `A step is one operator; found ${entries.map((entry) => `"${entry.key}"`).join(', ')}. Write one step for each.`,
    );
  return call(only.key, node.path, only.value, context, beside);
}

function call(
  name: string,
  path: DocPath,
  params: Located | undefined,
  context: StepContext,
  beside: LocatedMap | undefined,
): OperatorCall | null {
  const written = paramsMap(params, path, beside, name, context);
  if (!written) return null;
  const plain = Object.fromEntries(
    written.entries.filter((entry) => !isComment(entry.key)).map((entry) => [entry.key, toPlain(entry.value)]),
  );
  const operator = context.catalog.find(name);
  if (!operator) {
    const kind = fieldKind(name) ?? null;
    reportMissing(name, kind !== null, path, context);
    return { name, id: null, kind, written: plain, params: plain, path };
  }
  const checked = operator.checkParams(plain);
  if ('problems' in checked)
    for (const { parameter, problem } of checked.problems) {
      const at = entryOf(written, parameter)?.path ?? path;
      context.report('error', 'pipeline.parameter', at, `${operator.id}: ${parameter} ${sentence(problem)}`);
    }
  return {
    name,
    id: operator.id,
    kind: operator.kind,
    written: plain,
    params: 'params' in checked ? checked.params : plain,
    path,
  };
}

const sentence = (problem: string): string => (/[.!?]$/.test(problem) ? problem : `${problem}.`);

function reportMissing(name: string, known: boolean, path: DocPath, context: StepContext): void {
  if (known) {
    context.report(
      'error',
      'pipeline.unavailable',
      path,
      `${shortName(name)} is not available in this version. It can be kept and analysed, not run.`,
    );
    return;
  }
  const nearest = context.suggest?.(name);
  const hint = nearest ? ` Did you mean "${nearest}"?` : '';
  context.report('error', 'pipeline.unknown-operator', path, `There is no operator called "${name}".${hint}`);
}

function paramsMap(
  params: Located | undefined,
  path: DocPath,
  beside: LocatedMap | undefined,
  name: string,
  context: StepContext,
): LocatedMap | null {
  const empty = !params || (params.kind === 'scalar' && params.value === null);
  if (!empty && params.kind !== 'map') {
    context.report(
      'error',
      'pipeline.step',
      params.path,
      `The parameters of ${shortName(name)} are written as a map, for example {${shortName(name)}: {name: value}}.`,
    );
    return null;
  }
  const inside = !empty && params.kind === 'map' ? params.entries : [];
  return mapAt(path, [...inside, ...(beside?.entries ?? [])]);
}
