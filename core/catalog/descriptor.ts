import { z } from 'zod';
import type { OperatorDescriptor, ParameterDescriptor } from '#core/contract/operators.ts';
import type { AnyOperator } from '#core/data/operator.ts';

/** What forms, help and validation show of an operator, derived from its definition so that they cannot drift. */
export function describeOperator(operator: AnyOperator): OperatorDescriptor {
  const { id, kind, title, group, summary, whenToUse, whenNotToUse } = operator;
  return {
    id,
    kind,
    title,
    group,
    summary,
    whenToUse,
    whenNotToUse,
    references: [...operator.references],
    aliases: [...operator.aliases],
    stateful: operator.kind === 'transform' && operator.stateful,
    supervised: operator.kind === 'transform' && operator.supervised === true,
    target: operator.kind === 'transform' && operator.target,
    spectral: operator.kind !== 'transform' || operator.spectral !== false,
    discretises: operator.kind === 'transform' && operator.classNames !== undefined,
    task: operator.kind === 'model' ? operator.task : null,
    groups: (operator.kind === 'splitter' ? operator.groups : undefined) ?? 'none',
    noOnnx: operator.kind === 'transform' || operator.kind === 'model' ? (operator.noOnnx ?? null) : null,
    pathParam: operator.kind === 'model' ? (operator.path?.param ?? null) : null,
    parameters: describeParameters(operator),
  };
}

/** The subset of JSON Schema that parameter schemas use, with the keys of their `.meta()`. */
const Property = z.looseObject({
  title: z.string(),
  description: z.string(),
  default: z.unknown(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  anyOf: z.array(z.looseObject({ type: z.string() })).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  unit: z.string().optional(),
  step: z.number().optional(),
  odd: z.boolean().optional(),
  unused: z.boolean().optional(),
});
type Property = z.infer<typeof Property>;
const ObjectSchema = z.looseObject({ properties: z.record(z.string(), Property) });

function describeParameters(operator: AnyOperator): ParameterDescriptor[] {
  const schema = ObjectSchema.parse(z.toJSONSchema(operator.params, { io: 'output' }));
  return Object.entries(schema.properties).map(([name, property]) => describeParameter(name, property));
}

function describeParameter(name: string, property: Property): ParameterDescriptor {
  const types = typesOf(property);
  // A nullable parameter has its range and its choices inside the alternative that is not null.
  const body = Property.partial().parse(property.anyOf?.find((choice) => choice.type !== 'null') ?? property);
  const range = {
    min: bounded(body.minimum),
    max: bounded(body.maximum),
    exclusiveMin: bounded(body.exclusiveMinimum),
    step: property.step,
    unit: property.unit,
    choices: body.enum,
    odd: property.odd,
    unused: property.unused,
  };
  return {
    name,
    title: property.title,
    description: property.description,
    type: body.enum ? 'choice' : parameterType(types.find((type) => type !== 'null')),
    nullable: types.includes('null'),
    default: property.default,
    ...Object.fromEntries(Object.entries(range).filter(([, value]) => value !== undefined)),
  };
}

function typesOf({ type, anyOf }: Property): string[] {
  if (anyOf) return anyOf.map((choice) => choice.type);
  return type === undefined ? [] : [type].flat();
}

/** Integer schemas carry the limits of exact integers, which are no limits to a person. */
const bounded = (value: number | undefined): number | undefined =>
  value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? undefined : value;

function parameterType(type: string | undefined): ParameterDescriptor['type'] {
  switch (type) {
    case 'integer':
    case 'number':
    case 'boolean':
      return type;
    case 'array':
      return 'list';
    default:
      return 'text';
  }
}
