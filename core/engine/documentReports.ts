import { parseDocument } from '#core/engine/parseDocument.ts';
import { countFits } from '#core/pipeline/fitGroups.ts';
import { expandPipeline, stepsInWords } from '#core/pipeline/expandPipeline.ts';
import type { PipelineDocument } from '#core/pipeline/pipelineDocument.ts';
import { topologyOf } from '#core/pipeline/topology.ts';
import type { Topology } from '#core/pipeline/topologyDescriptor.ts';

/** Variants that `expand` lists at most; counting has no limit. */
const MOST_LISTED = 10_000;

/** The shape of a document. Operators that this version does not run are no obstacle: they are analysed, not run. */
export const topologyReport = (text: string): Topology => topologyOf(readable(text));

export interface ExpandReport {
  readonly variants: number;
  /** Null when only the data tell the number of folds. */
  readonly realFits: number | null;
  readonly folds: number | null;
  readonly list?: readonly { readonly index: number; readonly label: string; readonly steps: readonly string[] }[];
}

export function expandReport(text: string, countOnly: boolean): ExpandReport {
  const document = readable(text);
  const { variants, realFits, folds } = countFits(document);
  return {
    variants: Number(variants),
    realFits: realFits === null ? null : Number(realFits),
    folds,
    ...(countOnly
      ? {}
      : {
          list: [...expandPipeline(document, { limit: MOST_LISTED })].map((variant) => ({
            index: variant.index,
            label: variant.label,
            steps: stepsInWords(variant),
          })),
        }),
  };
}

/** Operators that this version does not run can be analysed all the same. */
const readable = (text: string): PipelineDocument => parseDocument(text, ['pipeline.unavailable']).document;
