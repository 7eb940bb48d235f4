export type Given = Record<string, unknown>;

/** How an operator is put to the contract tests. An operator that has no entry is tested with its defaults. */
export interface SubjectEntry {
  /** Parameters to test beside the defaults. */
  readonly given?: readonly Given[];
  /** Why it cannot run with its defaults alone. */
  readonly withoutDefaults?: string;
  /** Transforms: what reversed wavelengths do to the output: reverse it with this sign. Null: the law does not apply. */
  readonly reversal?: (params: Given) => 1 | -1 | null;
  /** Laws that cannot hold for it, by name, each with the reason. */
  readonly exempt?: Readonly<Record<string, string>>;
}

/** By operator id. */
export type SubjectTable = Readonly<Record<string, SubjectEntry>>;
