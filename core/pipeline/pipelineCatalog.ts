/** One parameter that an operator refuses, and why. */
export interface ParameterProblem {
  readonly parameter: string;
  readonly problem: string;
}

/** What the language needs to know of an operator that this version runs. */
export interface PipelineOperator {
  readonly id: string;
  readonly kind: 'transform' | 'splitter' | 'filter' | 'augmentation' | 'model';
  /** Its fitted state depends on the samples, so that it belongs inside the fold. */
  readonly stateful: boolean;
  /** Fitting needs the target, so that a place before the splitter leaks more than a little. */
  readonly supervised?: boolean;
  /** May stand in `y_processing`. */
  readonly target: boolean;
  /** False for a transform that makes sense on the target only. */
  readonly spectral?: boolean;
  /** Turns a numeric target into classes. */
  readonly discretises?: boolean;
  /** Of models. */
  readonly task?: 'regression' | 'classification' | null;
  /** Of splitters: whether they need a group column. */
  readonly groups?: 'required' | 'optional' | 'none';
  /** Of filters: judges by the target, so that it cannot judge new spectra. */
  readonly needsTarget?: boolean;
  /** The parameter whose whole sweep comes from one fit (n_components), or null. */
  readonly pathParam: string | null;
  /** Checks the ranges and fills in the defaults. */
  checkParams(
    params: Record<string, unknown>,
  ): { readonly params: Record<string, unknown> } | { readonly problems: readonly ParameterProblem[] };
  /** Splitters: number of folds, or null when only the data tell. */
  countFolds?(params: Record<string, unknown>): number | null;
}

/** The operators, as the language sees them: the engine passes its catalog, the window its descriptors, a test a fake. */
export interface PipelineCatalog {
  /** By id, alias or Python class path. */
  find(name: string): PipelineOperator | undefined;
  /** The known name that looks most like this one, if any is close. */
  nearest(name: string): string | undefined;
}
