import type { DocPath } from '#core/pipeline/located.ts';

/** What one generator contributed to one variant. */
export interface GeneratorChoice {
  /** Where the generator stands in the document. */
  readonly path: DocPath;
  /** What was chosen: the parameter's name, or `step`, `model`, `y_processing` … */
  readonly label: string;
  readonly value: unknown;
  /** The value in words: `SNV`, `none`, `SavitzkyGolay deriv 2`, `7`. */
  readonly text: string;
}
