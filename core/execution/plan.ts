import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { FinetuneSettings } from '#core/tuning/finetuneSettings.ts';

/** One concrete pipeline of the run. */
export interface PlannedVariant {
  readonly index: number;
  /** A model whose predictions are features of others: it is cross-validated, and not chosen by itself. */
  readonly base: boolean;
  /** Names of the lanes that hold the model, from the outside. */
  readonly branchPath: readonly string[];
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
  /** The fold whose model the refit starts from, where `refit_params` ask for a warm start. */
  readonly warmStart: WarmStart | null;
}
/** The fold with the best validation score, the last one, or one by its number from 0. */
export type WarmStart = 'best' | 'last' | number;

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
  /** 0: needs no predictions of others; else one more than the groups whose predictions it learns from. */
  readonly level: number;
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
  /** The variants that compete, then the base models of all of them. */
  readonly variants: readonly PlannedVariant[];
  readonly groups: readonly FitGroup[];
  readonly metric: string;
  readonly ranking: 'mean_val' | 'rmsecv';
  /** What the winner is: the best score, or the simplest within one standard error of it. */
  readonly rule: 'best' | 'one_standard_error';
  readonly refit: boolean;
  /** What a meta-model learns from in the refit: predictions of the refitted base models, or those of pass 1. */
  readonly metaTraining: 'in_sample' | 'oof';
  /** Keep the fold models of the winner beside the refitted one. */
  readonly keepFoldArtifacts: boolean;
  /** Empty: the winner alone. */
  readonly criteria: readonly RefitCriterion[];
  readonly seed: number;
  readonly warnings: readonly string[];
}

/** The variants that compete: base models are cross-validated for those that learn from them. */
export const competing = ({ variants }: RunPlan): PlannedVariant[] => variants.filter(({ base }) => !base);
