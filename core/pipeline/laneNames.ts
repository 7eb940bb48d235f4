import type { BranchStep, Lane, LaneRef } from '#core/pipeline/stepNode.ts';

/** A lane as the window and the results call it: its name, or A, B … Z, AA by its place. */
export const laneName = (lane: Lane, index: number): string => lane.name ?? letters(index);

const letters = (at: number): string =>
  (at >= 26 ? letters(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26));

export const laneNames = (branch: BranchStep): string[] => branch.lanes.map(laneName);

/** The place of the lane that a merge means, or -1; names are compared without regard to capitals. */
export const laneIndex = (branch: BranchStep, ref: LaneRef): number =>
  typeof ref === 'number'
    ? ref < branch.lanes.length
      ? ref
      : -1
    : laneNames(branch).findIndex((name) => name.toLowerCase() === ref.toLowerCase());

/** Lanes in words: "lanes A, B and C". */
export function inWords(names: readonly string[]): string {
  const shown = names.slice(0, MOST_SHOWN);
  const more = names.length - shown.length;
  const last = more > 0 ? `${more} more` : shown.pop();
  return shown.length === 0 ? (last ?? 'none') : `${shown.join(', ')} and ${last ?? ''}`;
}

const MOST_SHOWN = 8;
