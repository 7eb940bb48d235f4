import type { TreeTable } from '#core/models/trees/treeTable.ts';
import { joined as joinedDoubles } from '#core/numerics/joined.ts';

/** The trees of both tables, those of the first before those of the second. */
export function joinTrees(first: TreeTable, second: TreeTable): TreeTable {
  const nodes = first.channel.length;
  const leaves = first.values.length / first.outputs;
  const moved = second.right.map((to, node) => to + (second.channel[node] < 0 ? leaves : nodes));
  return {
    roots: joined(
      first.roots,
      second.roots.map((root) => root + nodes),
    ),
    channel: joined(first.channel, second.channel),
    threshold: joinedDoubles([first.threshold, second.threshold]),
    right: joined(first.right, moved),
    values: joinedDoubles([first.values, second.values]),
    outputs: first.outputs,
  };
}

function joined(first: Int32Array, second: Int32Array): Int32Array {
  const out = new Int32Array(first.length + second.length);
  out.set(first);
  out.set(second, first.length);
  return out;
}
