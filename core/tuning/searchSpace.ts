import type { Dimension, ParamValue, Params } from '#core/tuning/dimension.ts';
import { countValues } from '#core/tuning/dimension.ts';

/** One searched parameter. */
export interface NamedDimension {
  /** Unique in the space; nested parameters are joined by `__`, training parameters begin with `train_`. */
  readonly name: string;
  readonly dimension: Dimension;
}

/** How the parameters of a model are put together from the point of a trial. */
export type Template =
  | { readonly kind: 'searched'; readonly name: string }
  | { readonly kind: 'fixed'; readonly value: ParamValue }
  | { readonly kind: 'map'; readonly entries: Readonly<Record<string, Template>> }
  /** As many of the named values as `length` says (all when null), sorted. */
  | { readonly kind: 'sorted'; readonly names: readonly string[]; readonly length: string | null };

/** What is searched, and what the model gets. */
export interface SearchSpace {
  /** In the order of the document. */
  readonly dimensions: readonly NamedDimension[];
  readonly template: Extract<Template, { kind: 'map' }>;
}

/** The values of one trial by the names of the dimensions. */
export type Point = Readonly<Record<string, ParamValue>>;

/** The parameters that a point stands for, nested as in the document, fixed values included. */
export function paramsAt({ template }: SearchSpace, point: Point): Params {
  return mapAt(template.entries, point);
}

/** Number of different points; Infinity when a dimension is continuous. */
export const countPoints = (dimensions: readonly NamedDimension[]): number =>
  dimensions.reduce((product, { dimension }) => product * countValues(dimension), 1);

/** Equal for equal points. */
export const pointKey = (dimensions: readonly NamedDimension[], point: Point): string =>
  JSON.stringify(dimensions.map(({ name }) => point[name] ?? null));

const mapAt = (entries: Readonly<Record<string, Template>>, point: Point): Params =>
  Object.fromEntries(Object.entries(entries).map(([key, template]) => [key, valueAt(template, point)]));

function valueAt(template: Template, point: Point): ParamValue {
  switch (template.kind) {
    case 'searched':
      return point[template.name] ?? null;
    case 'fixed':
      return template.value;
    case 'map':
      return mapAt(template.entries, point);
    case 'sorted': {
      const length = template.length === null ? template.names.length : Number(point[template.length]);
      return template.names
        .slice(0, length)
        .map((name) => Number(point[name]))
        .sort((a, b) => a - b);
    }
  }
}
