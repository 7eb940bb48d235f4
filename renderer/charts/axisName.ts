/** A quantity and its unit as axes print it: "Measured fat / %"; without a unit just the quantity. */
export const axisName = (quantity: string, unit: string | null): string => (unit ? `${quantity} / ${unit}` : quantity);
