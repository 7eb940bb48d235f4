/** A distance u whose degrees · u / scale follows chi-square. */
export interface ScaledChiSquare {
  readonly scale: number;
  /** Whole, 1 to 250. */
  readonly degrees: number;
}
