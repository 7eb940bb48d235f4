import { z } from 'zod';
import type { ListItem, ParameterDescriptor } from '#core/contract/operators.ts';

/** The subset of JSON Schema that parameter schemas use. */
const Shape = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  const: z.union([z.string(), z.number(), z.boolean()]).optional(),
  minItems: z.int().optional(),
  maxItems: z.int().optional(),
  get anyOf() {
    return z.array(Shape).optional();
  },
  /** `false` closes a list whose entries stand in `prefixItems`. */
  get items() {
    return z.union([z.literal(false), Shape]).optional();
  },
  get prefixItems() {
    return z.array(Shape).optional();
  },
});
type Shape = z.infer<typeof Shape>;

/** With the keys of `.meta()`. */
const Property = Shape.extend({
  title: z.string(),
  description: z.string(),
  default: z.unknown(),
  unit: z.string().optional(),
  step: z.number().optional(),
  odd: z.boolean().optional(),
  unused: z.boolean().optional(),
});
type Property = z.infer<typeof Property>;
const ObjectSchema = z.looseObject({ properties: z.record(z.string(), Property) });

/** The parameters of a strict zod object, in the order of the schema. */
export function describeParameters(params: z.ZodType): ParameterDescriptor[] {
  const schema = ObjectSchema.parse(z.toJSONSchema(params, { io: 'output' }));
  return Object.entries(schema.properties).map(([name, property]) => describeParameter(name, property));
}

function describeParameter(name: string, property: Property): ParameterDescriptor {
  const shapes = (property.anyOf ?? [property]).flatMap(oneTypeEach);
  const { title, description, default: standard, step, unit, odd, unused } = property;
  return {
    name,
    title,
    description,
    nullable: shapes.some(({ type }) => type === 'null'),
    default: standard,
    ...describeValues(shapes.filter(({ type }) => type !== 'null')),
    ...present({ step, unit, odd, unused }),
  };
}

/** What a value other than null may be. A parameter without any is held empty for the sake of other tools' documents. */
function describeValues(shapes: readonly Shape[]) {
  const numeric = shapes.find((shape) => isNumeric(shape) && wordsOf(shape) === null);
  const words = shapes.flatMap((shape) => (shape === numeric ? [] : (wordsOf(shape) ?? truths(shape))));
  if (numeric) {
    const other = words.filter((word) => typeof word !== 'number');
    return { type: numberType(numeric), ...limitsOf(numeric), ...(other.length > 0 && { words: other }) };
  }
  const [only] = shapes;
  if (shapes.length === 1 && only && wordsOf(only) === null) return describeOther(only);
  return { type: 'choice' as const, choices: words };
}

function describeOther(shape: Shape) {
  if (shape.type === 'boolean') return { type: 'boolean' as const };
  if (shape.type !== 'array') return { type: 'text' as const };
  const { minItems, maxItems } = shape;
  return { type: 'list' as const, items: listItem(shape), ...present({ minItems, maxItems }) };
}

/** Entries of a tuple are numbers of one range here, the smaller first: the limits of both hold for both. */
function listItem({ items, prefixItems }: Shape): ListItem {
  const [first, ...others] = prefixItems ?? (items ? [items] : []);
  if (first && isNumeric(first))
    return { type: numberType(first), ...limitsOf(first), ...merged(others.map(limitsOf)) };
  if (first?.prefixItems?.length === 2 && first.prefixItems.every(isNumeric))
    return { type: 'pair', ...merged(first.prefixItems.map(limitsOf)) };
  return { type: Array.isArray(first?.type) || first?.type === 'string' ? 'value' : 'structure' };
}

const merged = (limits: readonly ReturnType<typeof limitsOf>[]) =>
  Object.assign({}, ...limits) as (typeof limits)[number];

const oneTypeEach = (shape: Shape): Shape[] =>
  Array.isArray(shape.type) ? shape.type.map((type) => ({ ...shape, type })) : [shape];

const isNumeric = ({ type }: Shape): boolean => type === 'integer' || type === 'number';
const numberType = ({ type }: Shape) => (type === 'integer' ? ('integer' as const) : ('number' as const));

const wordsOf = (shape: Shape): (string | number | boolean)[] | null =>
  shape.enum ?? (shape.const === undefined ? null : [shape.const]);
const truths = ({ type }: Shape): boolean[] => (type === 'boolean' ? [true, false] : []);

const limitsOf = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Shape) =>
  present({
    min: bounded(minimum),
    max: bounded(maximum),
    exclusiveMin: bounded(exclusiveMinimum),
    exclusiveMax: bounded(exclusiveMaximum),
  });

/** Integer schemas carry the limits of exact integers, which are no limits to a person. */
const bounded = (value: number | undefined): number | undefined =>
  value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? undefined : value;

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The entries that are there. */
const present = <T extends object>(entries: T): Present<T> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Present<T>;
