/** What the checks may know of the data that a pipeline is meant for. */
export interface DataFacts {
  /** Samples that the run trains on. */
  readonly samples: number;
  readonly wavelengths: number;
  /** Names of the metadata columns. */
  readonly metadata?: readonly string[];
  /** Labels of the dataset's own split (train, test …). */
  readonly splitLabels?: readonly string[];
}
