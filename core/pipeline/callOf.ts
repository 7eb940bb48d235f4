import { isComment } from '#core/pipeline/keywords.ts';
import { entryOf, type Located } from '#core/pipeline/located.ts';

/** Name and parameters of an operator in any spelling, unchecked. */
export function callOf(node: Located): { readonly name: string; readonly params: Located | undefined } {
  if (node.kind === 'scalar') return { name: String(node.value), params: undefined };
  if (node.kind === 'list') return { name: 'steps', params: undefined };
  const className = entryOf(node, 'class');
  if (className?.kind === 'scalar') return { name: String(className.value), params: entryOf(node, 'params') };
  const only = node.entries.find((entry) => !isComment(entry.key));
  return { name: only?.key ?? '', params: only?.value };
}
