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
  'preferences.get': call({ in: Nothing, out: Preferences }),
  'preferences.set': call({ in: PreferenceChanges, out: Preferences }),
  'files.save': call({
    in: z.strictObject({ file: FileGrant, data: z.union([z.string(), z.instanceof(Uint8Array)]) }),
    out: z.strictObject({ name: z.string(), bytes: z.int() }),
  }),
  'jobs.cancel': call({ in: z.strictObject({ jobId: JobId }), out: Nothing }),
  'jobs.progress': stream({ out: JobProgress }),
};
