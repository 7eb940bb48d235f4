import { z } from 'zod';

/** A model that the deployed one learns from, with its own scores and what it contributes. */
export const BaseModel = z.strictObject({
  /** Its number among the run's variants: base models stand behind those that compete. */
  variant: z.int(),
  name: z.string(),
  /** Operator. */
  model: z.string(),
  branchPath: z.array(z.string()),
  params: z.record(z.string(), z.unknown()),
  /** The model that learns from it: null for the deployed one, else the number of a base model. */
  usedBy: z.int().nullable(),
  /** Cross-validated by itself: mean of the fold scores under the run's metric, and pooled. */
  meanScore: z.number().nullable(),
  rmsecv: z.number().nullable(),
  /** Of the refitted base model, on the test partition. */
  finalScore: z.number().nullable(),
  rmsep: z.number().nullable(),
  /** Coefficient of its prediction where what learns from it is linear (regression); else null. */
  weight: z.number().nullable(),
  /**
   * Its share (0 … 1) in what the model behind it says: how much the predictions for the training samples change when
   * its own are replaced by their mean. Null where nothing is learned from it (groups of samples).
   */
  contribution: z.number().nullable(),
});
export type BaseModel = z.infer<typeof BaseModel>;
