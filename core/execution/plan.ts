import type { PlannedStep } from '#core/execution/unit.ts';

/** One concrete pipeline of the run. */
export interface PlannedVariant {
  readonly index: number;
  readonly label: string;
  /** Every step in words, in order. */
  readonly stepTexts: readonly string[];
  readonly steps: readonly PlannedStep[];
  readonly choices: readonly { readonly name: string; readonly value: unknown }[];
  readonly model: string;
  /** The model's complete parameters. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The same for the refit, `refit_params` put in. */
  readonly refitParams: Readonly<Record<string, unknown>>;
  /** Smaller is simpler; breaks ties. */
  readonly complexity: number;
}

/** Variants that one fit a fold serves: they differ in the model's path parameter alone, or not at all. */
export interface FitGroup {
  readonly index: number;
  readonly label: string;
  readonly model: string;
  /** Steps without any splitter that set the test set aside. */
  readonly steps: readonly PlannedStep[];
  readonly splitterIndex: number;
  readonly pathParam: string | null;
  readonly pathValues: readonly number[] | null;
  /** In the order of pathValues; without a path, variants that equal each other. */
  readonly variants: readonly number[];
}

export interface RunPlan {
  readonly variants: readonly PlannedVariant[];
  readonly groups: readonly FitGroup[];
  readonly metric: string;
  readonly ranking: 'mean_val' | 'rmsecv';
  readonly refit: boolean;
  readonly seed: number;
  readonly warnings: readonly string[];
}
