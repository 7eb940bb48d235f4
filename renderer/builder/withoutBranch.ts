/** The label of a variant without its branch, for places where the branch stands beside it. */
export function withoutBranch(label: string, path: readonly string[]): string {
  if (path.length === 0) return label;
  const branch = `branch ${path.join(' › ')}`;
  return label
    .split(' · ')
    .filter((part) => part !== branch)
    .join(' · ');
}
