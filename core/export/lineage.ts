import { z } from 'zod';

/** Where an exported model comes from. Written into the ONNX metadata and the bundle's manifest. */
export const lineageSchema = z.object({
  runId: z.string(),
  /** The winning variant, in words or by number, as the results show it. */
  variant: z.string(),
  datasetName: z.string(),
  datasetHash: z.string(),
  pipelineHash: z.string(),
  seed: z.number().nullable(),
});

export type Lineage = z.infer<typeof lineageSchema>;
