import { ExportDialog } from '#renderer/components/ExportDialog.tsx';
import { useModelExport } from '#renderer/state/useModelExport.ts';

interface ExportModelProps {
  readonly runId: string;
  readonly variant: number;
  readonly onClose: () => void;
}

/** The export dialog for one model of a run. */
export function ExportModel({ runId, variant, onClose }: ExportModelProps) {
  return <ExportDialog {...useModelExport(runId, variant)} onClose={onClose} />;
}
