import { z } from 'zod';
import { call, Nothing } from '#core/contract/call.ts';

/** What numbers may be, where they have limits. */
const limits = {
  min: z.number().optional(),
  max: z.number().optional(),
  exclusiveMin: z.number().optional(),
  exclusiveMax: z.number().optional(),
};

/** One entry of a list; limits hold for every number in it. */
const ListItem = z.strictObject({
  /** `pair`: two numbers. `value`: a text, a number, or true or false. `structure`: written as the pipeline language. */
  type: z.enum(['integer', 'number', 'pair', 'value', 'structure']),
  ...limits,
});
export type ListItem = z.infer<typeof ListItem>;

/** One parameter, as the builder's form draws it. */
export const ParameterDescriptor = z.strictObject({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  type: z.enum(['integer', 'number', 'boolean', 'choice', 'text', 'list']),
  nullable: z.boolean(),
  default: z.unknown(),
  ...limits,
  step: z.number().optional(),
  unit: z.string().optional(),
  choices: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** Of numbers: what may stand instead of a number, for example `scale` and `auto`. */
  words: z.array(z.union([z.string(), z.boolean()])).optional(),
  /** Of lists. */
  items: ListItem.optional(),
  minItems: z.int().optional(),
  maxItems: z.int().optional(),
  odd: z.boolean().optional(),
  /** Accepted so that documents of other tools run, and without effect here: forms leave it out. */
  unused: z.boolean().optional(),
});
export type ParameterDescriptor = z.infer<typeof ParameterDescriptor>;

/** What the window knows of an operator: enough for the palette, the forms, the help and the validator. */
export const OperatorDescriptor = z.strictObject({
  id: z.string(),
  kind: z.enum(['transform', 'splitter', 'filter', 'augmentation', 'model']),
  title: z.string(),
  group: z.enum([
    'scatter',
    'smooth',
    'baseline',
    'signal',
    'scale',
    'axis',
    'reduce',
    'orthogonal',
    'target',
    'split',
    'filter',
    'augment',
    'regression',
    'classification',
  ]),
  summary: z.string(),
  whenToUse: z.string(),
  whenNotToUse: z.string(),
  references: z.array(z.string()),
  aliases: z.array(z.string()),
  stateful: z.boolean(),
  /** Fitting needs the target. */
  supervised: z.boolean(),
  /** May process the target; `spectral` says whether it may process spectra too. */
  target: z.boolean(),
  spectral: z.boolean(),
  /** Turns a numeric target into classes. */
  discretises: z.boolean(),
  /** Of models; null for everything else. */
  task: z.enum(['regression', 'classification']).nullable(),
  /** Of splitters: whether they need a group column. */
  groups: z.enum(['required', 'optional', 'none']),
  /** Null when the operator has an ONNX form or needs none; else why it has none. */
  noOnnx: z.string().nullable(),
  /** The parameter whose whole sweep comes from one fit (n_components), or null. */
  pathParam: z.string().nullable(),
  parameters: z.array(ParameterDescriptor),
});
export type OperatorDescriptor = z.infer<typeof OperatorDescriptor>;

export const operators = {
  'operators.list': call({ in: Nothing, out: z.array(OperatorDescriptor) }),
};
