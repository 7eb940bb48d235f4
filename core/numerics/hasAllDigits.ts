/**
 * Whether a sum of squares kept its precision: it has not overflowed, and none of its larger terms lost digits below the
 * smallest normal number (2.2e-308).
 */
export const hasAllDigits = (squares: number): boolean => squares > SMALLEST && squares < Infinity;

const SMALLEST = 1e-290;
