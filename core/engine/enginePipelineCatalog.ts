import { operatorLookup } from '#core/catalog/operatorLookup.ts';
import { catalog } from '#core/catalog/operators.ts';
import type { PipelineCatalog } from '#core/pipeline/pipelineCatalog.ts';

/** The real catalog, as the pipeline language sees it. */
export const enginePipelineCatalog: PipelineCatalog = operatorLookup(catalog);
