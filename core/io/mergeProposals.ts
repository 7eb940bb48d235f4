import type { ImportProposal } from '#core/contract/imports.ts';

/** A proposal for the files of several partitions; the picture is that of the first. */
export function mergeProposals(
  parts: readonly { readonly part: string | null; readonly proposal: ImportProposal }[],
): ImportProposal {
  const [head] = parts;
  if (head === undefined) throw new Error('There is nothing to propose.');
  if (parts.length === 1) return head.proposal;
  const all = parts.map(({ proposal }) => proposal);
  const once = <T>(values: readonly T[], key: (value: T) => string): T[] =>
    [...new Map(values.toReversed().map((value) => [key(value), value])).values()].toReversed();
  const text = (value: string): string => value;
  return {
    ...head.proposal,
    files: once(
      all.flatMap(({ files }) => files),
      ({ file }) => file,
    ),
    samples: all.reduce((sum, { samples }) => sum + samples, 0),
    samplesExact: all.every(({ samplesExact }) => samplesExact),
    targets: once(
      all.flatMap(({ targets }) => targets),
      text,
    ),
    metadata: once(
      all.flatMap(({ metadata }) => metadata),
      text,
    ),
    split: parts.map(({ part, proposal }) => ({ label: part ?? '', samples: proposal.samples })),
    joins: all.flatMap(({ joins }) => joins),
    questions: all.flatMap(({ questions }) => questions),
    warnings: once(
      all.flatMap(({ warnings }) => warnings),
      text,
    ),
    badCells: all.flatMap(({ badCells }) => badCells).slice(0, 100),
  };
}
