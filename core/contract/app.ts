import { z } from 'zod';
import { call, FileGrant, Nothing, stream } from '#core/contract/call.ts';

export const Preferences = z.strictObject({
  theme: z.enum(['light', 'dark', 'system']).default('system'),
  language: z.enum(['en']).default('en'),
  /** False until the person has opened or declined the sample data. */
  sampleOffered: z.boolean().default(false),
  railCollapsed: z.boolean().default(false),
  /** Decimal mark and separator of the files the application writes. */
  fileDecimal: z.enum(['.', ',']).default('.'),
  fileSeparator: z.enum([',', ';', '\t']).default(','),
});
export type Preferences = z.infer<typeof Preferences>;

/** Only what changes. Written out, because `.partial()` of fields with defaults would put the defaults back. */
export const PreferenceChanges = z.strictObject({
  theme: z.enum(['light', 'dark', 'system']).optional(),
  language: z.enum(['en']).optional(),
  sampleOffered: z.boolean().optional(),
  railCollapsed: z.boolean().optional(),
  fileDecimal: z.enum(['.', ',']).optional(),
  fileSeparator: z.enum([',', ';', '\t']).optional(),
});

export const About = z.strictObject({
  version: z.string(),
  workspaceName: z.string(),
  workspacePath: z.string(),
  engineNode: z.string(),
  workers: z.int(),
});
export type About = z.infer<typeof About>;

/** What the engine knows about itself, in numbers: for the diagnostics. Nothing here names data. */
export const EngineFacts = z.strictObject({
  node: z.string(),
  workers: z.int(),
  /** Of the engine with all its threads, in bytes. */
  memory: z.number(),
  workspacePath: z.string(),
  /** Bytes of everything stored, and bytes free on its drive (null where the drive does not say). */
  workspaceBytes: z.number(),
  freeBytes: z.number().nullable(),
  datasets: z.int(),
  pipelines: z.int(),
  models: z.int(),
  /** Runs by status; a status without runs is left out. */
  runs: z.record(z.string(), z.int()),
});
export type EngineFacts = z.infer<typeof EngineFacts>;

export const JobId = z.string().regex(/^job_[0-9a-z]{8,20}$/);
export const JobProgress = z.strictObject({
  jobId: JobId,
  /** A verb with its object: "Reading spectra". */
  doing: z.string(),
  done: z.number(),
  total: z.number(),
  unit: z.string(),
});
export type JobProgress = z.infer<typeof JobProgress>;

/** What the engine answers about itself, its jobs and the person's settings. */
export const app = {
  'app.about': call({ in: Nothing, out: About }),
  'app.facts': call({ in: Nothing, out: EngineFacts, timeoutSeconds: 5 }),
  'preferences.get': call({ in: Nothing, out: Preferences }),
  'preferences.set': call({ in: PreferenceChanges, out: Preferences }),
  'files.save': call({
    in: z.strictObject({ file: FileGrant, data: z.union([z.string(), z.instanceof(Uint8Array)]) }),
    out: z.strictObject({ name: z.string(), bytes: z.int() }),
  }),
  'jobs.cancel': call({ in: z.strictObject({ jobId: JobId }), out: Nothing }),
  'jobs.progress': stream({ out: JobProgress }),
};
