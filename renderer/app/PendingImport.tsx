import { lazy, Suspense } from 'react';
import { useAppState } from '#renderer/state/appState.ts';

const ImportDialog = lazy(async () => ({
  default: (await import('#renderer/views/data/ImportDialog.tsx')).ImportDialog,
}));

/** The import dialog, over whatever page is open, as soon as files wait for it. */
export function PendingImport() {
  const files = useAppState((state) => state.pendingImport);
  if (files.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <ImportDialog key={files.map(({ file }) => file).join()} files={files} />
    </Suspense>
  );
}
