import { ExportDialog } from '#renderer/components/ExportDialog.tsx';
import { useModelExport } from '#renderer/state/useModelExport.ts';

interface ExportModelProps {
  readonly runId: string;
  /** Another refitted variant than the deployed one. */
  readonly variant?: number | null;
  readonly onClose: () => void;
}

/** The export dialog for a refitted model of a run. */
export function ExportModel({ runId, variant = null, onClose }: ExportModelProps) {
  return <ExportDialog {...useModelExport(runId, variant)} onClose={onClose} />;
}
