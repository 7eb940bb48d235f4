export { openWorkspace, type Workspace, type WorkspaceOptions } from '#core/workspace/openWorkspace.ts';
export type { ArtifactKeeper } from '#core/workspace/artifactKeeper.ts';
export type { ArtifactUse } from '#core/workspace/artifactRepository.ts';
export type {
  ChainFilter,
  ChainOperator,
  ChainRecord,
  ChainStep,
  StoredChain,
} from '#core/workspace/chainRepository.ts';
export type { NewDataset } from '#core/workspace/datasetRepository.ts';
export type { PredictionArrays, PredictionBlock } from '#core/workspace/predictionBlocks.ts';
export type { PredictionEntry, PredictionFilter, PredictionRecord } from '#core/workspace/predictionRepository.ts';
export type { ResultLevel, ResultRow } from '#core/workspace/resultRows.ts';
export type { NewRun, RunEnd, RunRecord } from '#core/workspace/runRepository.ts';
export { noBlocks, type UnitBlocks } from '#core/workspace/unitRepository.ts';
export type { VariantPage } from '#core/workspace/variantRepository.ts';
export type { ContentHashes, WorkspaceCheck } from '#core/workspace/verifyWorkspace.ts';
export { collectGarbage, inspectWorkspace } from '#core/workspace/inspectWorkspace.ts';
export type { Orphan } from '#core/workspace/findOrphans.ts';
export type { GarbageReport } from '#core/workspace/collectOrphans.ts';
