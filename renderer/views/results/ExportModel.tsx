import { ExportDialog } from '#renderer/components/ExportDialog.tsx';
import { useModelExport } from '#renderer/state/useModelExport.ts';

/** The export dialog for the final model of a run. */
export function ExportModel({ runId, onClose }: { readonly runId: string; readonly onClose: () => void }) {
  return <ExportDialog {...useModelExport(runId)} onClose={onClose} />;
}
