import { isComment, isGeneratorKeyword } from '#core/pipeline/keywords.ts';
import type { BranchKind } from '#core/pipeline/stepNode.ts';

/** The keys that make a branch a separation, and how it separates then. */
export const separators: readonly (readonly [key: string, by: BranchKind])[] = [
  ['by_metadata', 'metadata'],
  ['by_tag', 'tag'],
  ['by_filter', 'filter'],
  ['by_source', 'source'],
];

const settings: ReadonlySet<string> = new Set(['steps', 'values', 'min_samples']);

/** What cannot name a lane, because it means something else in its place. */
export const isReservedLaneName = (name: string): boolean =>
  isComment(name) || isGeneratorKeyword(name) || settings.has(name) || separators.some(([key]) => key === name);

/** The key of a lane in a map of lanes: neither a comment nor a separator. */
export const isLaneKey = (key: string): boolean => !isComment(key) && !separators.some(([one]) => one === key);
