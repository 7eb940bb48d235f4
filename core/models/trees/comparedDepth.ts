/** The depth of a tree when complexities are compared; a tree without a limit counts as a very deep one. */
export const comparedDepth = (limit: number | null): number => limit ?? UNLIMITED;

const UNLIMITED = 64;
