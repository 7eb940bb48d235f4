import type { Sentences } from '#core/base/sentences.ts';

/** Failures of this area: code → details. Rows are 0-based here and 1-based in the sentences. */
export interface NumericsErrors {
  'numerics.degenerate': { what: string; row: number };
  'numerics.shape': { what: string; expected: string; found: string };
  'numerics.parameter': { operator: string; parameter: string; problem: string };
  'numerics.too-few': { operator: string; what: string; needed: number; found: number };
  'numerics.not-finite': { operator: string; what: string };
  'numerics.not-converged': { what: string; steps: number };
}

export const numericsSentences: Sentences<NumericsErrors> = {
  'numerics.degenerate': (d) => `${d.what} of spectrum ${d.row + 1} cannot be computed. Exclude it or check its file.`,
  'numerics.shape': (d) => `${d.what}: expected ${d.expected}, found ${d.found}.`,
  'numerics.parameter': (d) => `${d.operator}: ${d.parameter} ${d.problem}`,
  'numerics.too-few': (d) =>
    `${d.operator} needs at least ${d.needed} ${d.what}, but there ${d.found === 1 ? 'is' : 'are'} only ${d.found}.`,
  'numerics.not-finite': (d) =>
    `${d.operator}: ${d.what} contains a missing or infinite value. Exclude those samples before this step.`,
  'numerics.not-converged': (d) =>
    `${d.what} did not settle after ${d.steps} steps. Check the spectra for extreme values, or remove the step.`,
};
