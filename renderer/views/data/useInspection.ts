import { useEffect, useState } from 'react';
import type { ImportProposal } from '#core/contract/imports.ts';
import type { GrantedFile } from '#core/contract/shell.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import type { ApiError } from '#renderer/bridge/apiError.ts';
import type { ImportChanges } from '#renderer/views/data/importChanges.ts';

/** Typing a name or clicking through a list asks once, not at every step. */
const DEBOUNCE_MS = 120;

export interface Inspection {
  /** The last proposal that could be made, for the screen to stay on while the next one is made. */
  readonly proposal: ImportProposal | null;
  readonly failure: ApiError | null;
  readonly busy: boolean;
}

/** How the engine would read the files, asked again after every change. */
export function useInspection(files: readonly GrantedFile[], changes: ImportChanges): Inspection {
  const [state, setState] = useState<Inspection>({ proposal: null, failure: null, busy: true });
  useEffect(() => {
    let wanted = true;
    const untouched = Object.keys(changes).length === 0;
    setState((before) => ({ ...before, busy: true }));
    const timer = setTimeout(
      () => {
        callEngine('datasets.inspect', {
          files: files.map(({ file }) => file),
          ...(untouched ? {} : { options: changes }),
        }).then(
          (proposal) => {
            if (wanted) setState({ proposal, failure: null, busy: false });
          },
          (error: unknown) => {
            if (wanted) setState((before) => ({ ...before, failure: asApiError(error), busy: false }));
          },
        );
      },
      untouched ? 0 : DEBOUNCE_MS,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [files, changes]);
  return state;
}
