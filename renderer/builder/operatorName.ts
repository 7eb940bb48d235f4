import type { OperatorDescriptor } from '#core/contract/operators.ts';

/** The name by which people in the field call an operator: its abbreviation where it has one (SNV, MSC, PLS). */
export const shortOperatorName = ({ id, title }: Pick<OperatorDescriptor, 'id' | 'title'>): string =>
  isAbbreviation(id) ? id : title;

/** Title and abbreviation: "Standard normal variate (SNV)". */
export const fullOperatorName = ({ id, title }: Pick<OperatorDescriptor, 'id' | 'title'>): string =>
  isAbbreviation(id) && !title.includes(id) ? `${title} (${id})` : title;

const isAbbreviation = (id: string): boolean => /^[A-Z]{2,5}$/.test(id);
