import { describeValue } from '#core/pipeline/describeValue.ts';
import { chosen, type Scope } from '#core/pipeline/generatorScope.ts';
import { listAt, mapAt, toPlain, type DocPath, type Located } from '#core/pipeline/located.ts';
import { listSpace, mappedSpace, productSpace, sumSpace, type Space } from '#core/pipeline/space.ts';

/** The values of one column of a grid or zip: a list, a generator, or a single value. */
function column(scope: Scope, node: Located): Space {
  if (node.kind === 'list') return sumSpace(node.items.map((item) => scope.expand(item)));
  return scope.expand(node);
}

const labelled = (path: DocPath, label: string, part: Space): Space =>
  mappedSpace(part, (outcome) => ({
    value: outcome.value,
    choices: [{ path, label, value: toPlain(outcome.value), text: describeValue(outcome.value) }],
  }));

/** `_grid_`: every combination of the parameters' values, the last fastest. */
export function gridSpace(scope: Scope, spec: Located): Space {
  if (spec.kind !== 'map' || spec.entries.length === 0)
    return scope.fail('_grid_ needs a map of parameters to lists.', spec.path);
  const parts = spec.entries.map((entry) => labelled(entry.value.path, entry.key, column(scope, entry.value)));
  if (parts.some((part) => part.count === 0n)) return scope.fail('_grid_ has a parameter without values.', spec.path);
  return productSpace(parts, (values) =>
    mapAt(
      scope.map.path,
      spec.entries.map((entry, index) => ({ key: entry.key, value: values[index] ?? entry.value })),
    ),
  );
}

/** `_zip_`: the first values together, the second together …; the shortest list decides. */
export function zipSpace(scope: Scope, spec: Located): Space {
  const names = spec.kind === 'map' ? spec.entries.map((entry) => entry.key) : null;
  const nodes = spec.kind === 'map' ? spec.entries.map((entry) => entry.value) : spec.kind === 'list' ? spec.items : [];
  if (nodes.length === 0) return scope.fail('_zip_ needs a map of parameters to lists.', spec.path);
  const columns = nodes.map((node) => column(scope, node));
  const shortest = columns.reduce((least, part) => (part.count < least ? part.count : least), columns[0]?.count ?? 0n);
  if (shortest === 0n) return scope.fail('_zip_ has a parameter without values.', spec.path);
  return listSpace(Number(shortest), (index) => {
    const values = columns.map((part) => part.at(BigInt(index)).value);
    if (!names) return chosen(scope, listAt(scope.map.path, values));
    const choices = values.map((value, at) => ({
      path: scope.map.path,
      label: names[at] ?? '',
      value: toPlain(value),
      text: describeValue(value),
    }));
    const entries = values.map((value, at) => ({ key: names[at] ?? '', value }));
    return { value: mapAt(scope.map.path, entries), choices };
  });
}
