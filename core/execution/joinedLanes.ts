import type { FittedTransform } from '#core/data/fittedChain.ts';

/** The way of one block as it is; several ways as what they share, then side by side. */
export function joinedLanes(lanes: readonly (readonly FittedTransform[])[]): FittedTransform[] {
  const [first = []] = lanes;
  if (lanes.length === 1) return [...first];
  let shared = 0;
  while (shared < first.length && lanes.every((lane) => lane[shared] === first[shared])) shared++;
  return [...first.slice(0, shared), { role: 'concat', lanes: lanes.map((lane) => lane.slice(shared)) }];
}
