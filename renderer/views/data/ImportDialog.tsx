import type { GrantedFile } from '#core/contract/shell.ts';
export function ImportDialog({ files }: { readonly files: readonly GrantedFile[] }) { return <p>{files.length}</p>; }
