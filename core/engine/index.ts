export { createEngine, type Engine } from '#core/engine/createEngine.ts';
export { expandReport, topologyReport } from '#core/engine/documentReports.ts';
export type { EngineDeps, EngineParts } from '#core/engine/engineParts.ts';
export { exportModel, runNamed } from '#core/engine/exportModel.ts';
export { foldFilesIn } from '#core/engine/foldFiles.ts';
export { importPaths } from '#core/engine/importFiles.ts';
export { metricCalled } from '#core/engine/runMetrics.ts';
export { predictFiles } from '#core/engine/predictFiles.ts';
export { predictionCsv } from '#core/engine/predictionCsv.ts';
