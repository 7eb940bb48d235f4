import type { PlannedStep } from '#core/execution/unit.ts';
import type { FinetuneSettings } from '#core/tuning/finetuneSettings.ts';

/** One concrete pipeline of the run. */
export interface PlannedVariant {
  readonly index: number;
  readonly label: string;
  /** Every step in words, in order. */
  readonly stepTexts: readonly string[];
  readonly steps: readonly PlannedStep[];
  readonly choices: readonly { readonly name: string; readonly value: unknown }[];
  /** Operator id of the model. */
  readonly model: string;
  /** The name it was given, or its id: what results call it. */
  readonly modelName: string;
  /** The model's complete parameters. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What `refit_params` and the document's defaults change in the refit; checked against the model's schema. */
  readonly refitOverrides: Readonly<Record<string, unknown>>;
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
  /** The search that finds the model's parameters, or null. */
  readonly finetune: FinetuneSettings | null;
}

/** Which variants are trained again on all training data. */
export interface RefitCriterion {
  readonly topK: number;
  readonly ranking: 'mean_val' | 'rmsecv';
  /** The run's own metric when null. */
  readonly metric: string | null;
}

export interface RunPlan {
  readonly task: 'regression' | 'classification';
  readonly variants: readonly PlannedVariant[];
  readonly groups: readonly FitGroup[];
  readonly metric: string;
  readonly ranking: 'mean_val' | 'rmsecv';
  /** What the winner is: the best score, or the simplest within one standard error of it. */
  readonly rule: 'best' | 'one_standard_error';
  readonly refit: boolean;
  /** Keep the fold models of the winner beside the refitted one. */
  readonly keepFoldArtifacts: boolean;
  /** Empty: the winner alone. */
  readonly criteria: readonly RefitCriterion[];
  readonly seed: number;
  readonly warnings: readonly string[];
}
