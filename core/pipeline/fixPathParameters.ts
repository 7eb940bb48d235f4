import { generatorOf, isStepKeyword } from '#core/pipeline/keywords.ts';
import { entryOf, listAt, mapAt, scalarAt, type Located, type LocatedMap } from '#core/pipeline/located.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';

/**
 * The same document with every sweep of a path parameter (n_components of PLS) replaced by one value, so that counting
 * its variants counts the fits. Sees the usual spellings; a sweep spread over `_zip_` or over alternatives stays.
 */
export function fixPathParameters(node: Located, catalog: PipelineCatalog): Located {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list')
    return listAt(
      node.path,
      node.items.map((item) => fixPathParameters(item, catalog)),
    );
  const model = entryOf(node, 'model') ?? entryOf(node, 'class');
  const besideParam = model ? pathParamOf(model, catalog) : null;
  const param = entryOf(node, 'param');
  if (besideParam !== null && generatorOf(node) && param?.kind === 'scalar' && param.value === besideParam)
    return mapAt(
      node.path,
      node.entries.filter((entry) => entry.key === 'model' || isStepKeyword(entry.key)),
    );
  return mapAt(
    node.path,
    node.entries.map(({ key, value }) => {
      const pathParam = catalog.find(key)?.pathParam ?? (key === 'params' ? besideParam : null);
      if (pathParam !== null && value.kind === 'map') return { key, value: fixIn(value, pathParam) };
      if (key === besideParam) return { key, value: scalarAt(value.path, 1) };
      return { key, value: fixPathParameters(value, catalog) };
    }),
  );
}

function pathParamOf(model: Located, catalog: PipelineCatalog): string | null {
  if (model.kind === 'scalar') return catalog.find(String(model.value))?.pathParam ?? null;
  if (model.kind === 'list') return null;
  const className = entryOf(model, 'class');
  const name = className?.kind === 'scalar' ? String(className.value) : (model.entries[0]?.key ?? '');
  return catalog.find(name)?.pathParam ?? null;
}

/** In a map of parameters, or in a `_grid_` of them. */
const fixIn = (params: LocatedMap, pathParam: string): LocatedMap =>
  mapAt(
    params.path,
    params.entries.map(({ key, value }) => {
      if (key === pathParam) return { key, value: scalarAt(value.path, 1) };
      return key === '_grid_' && value.kind === 'map' ? { key, value: fixIn(value, pathParam) } : { key, value };
    }),
  );
