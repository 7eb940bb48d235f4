/** A target that is ready: what one case does, and how it ends. */
export interface FuzzSession {
  /** Valid inputs, from which the others are made. */
  readonly seeds: readonly Uint8Array[];
  /** Words of the format, which are put in anywhere. */
  readonly words: readonly string[];
  /** Inputs are cut to this; 256 KB when absent. */
  readonly longest?: number;
  /** Changes that keep what plain bytes would break (checksums, lengths); tried beside the plain ones. */
  readonly reshape?: (input: Uint8Array, random: FuzzRandom) => Uint8Array;
  /**
   * Reads an input as the application would. An answer, or an EngineError, is right; everything else is a finding.
   * What must hold besides (no half import, no file elsewhere) is checked in here: a broken promise is an Error.
   */
  run(input: Uint8Array): unknown;
  close?(): Promise<void>;
}

/** A reader, or a few that read the same thing. */
export interface FuzzTarget {
  readonly name: string;
  /** Files of the product that this target drives. A test holds the list complete. */
  readonly covers: readonly string[];
  /** Bytes that any case may allocate besides `perByte` times its own length; 64 MB when absent. */
  readonly allowance?: number;
  /** 64 when absent; a text of brackets is 300 bytes a letter when it is read as YAML. */
  readonly perByte?: number;
  /** Milliseconds after which a case is slow; 2,000 when absent. */
  readonly patience?: number;
  open(): Promise<FuzzSession>;
}

/** Draws of a case; equal seeds give equal draws on every machine. */
export interface FuzzRandom {
  /** 0 … below − 1. */
  below(limit: number): number;
  /** True once in `times`. */
  once(times: number): boolean;
  pick<T>(items: readonly T[]): T;
}
