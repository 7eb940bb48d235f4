/** How many samples carry each label, in the order in which the labels first appear. '' counts as a label. */
export function countLabels(labels: readonly string[]): { label: string; samples: number }[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, samples]) => ({ label, samples }));
}
