import type { z } from 'zod';
import { app } from '#core/contract/app.ts';
import type { CallSpec, StreamSpec } from '#core/contract/call.ts';
import { datasets } from '#core/contract/datasets.ts';
import { models } from '#core/contract/models.ts';
import { operators } from '#core/contract/operators.ts';
import { pipelines } from '#core/contract/pipelines.ts';
import { results } from '#core/contract/results.ts';
import { runs } from '#core/contract/runs.ts';
import { shell } from '#core/contract/shell.ts';

/** What the engine answers. The narrow waist: a new line here is reviewed as an API, not as plumbing. */
export const engineContract = { ...app, ...operators, ...datasets, ...pipelines, ...runs, ...results, ...models };
/** What main itself answers. */
export const shellContract = shell;
export const contract = { ...engineContract, ...shellContract };

export type Contract = typeof contract;
type Named<T, Kind> = { [N in keyof T]: T[N] extends Kind ? N : never }[keyof T];

export type CallName = Named<Contract, CallSpec>;
export type StreamName = Named<Contract, StreamSpec>;
export type EngineCallName = Named<typeof engineContract, CallSpec>;
export type ShellCallName = Named<typeof shellContract, CallSpec>;

/** What a caller passes: before defaults are filled in. */
export type CallInput<N extends CallName> = z.input<Contract[N]['in']>;
/** What a handler receives: parsed, defaults filled in. */
export type CallRequest<N extends CallName> = z.output<Contract[N]['in']>;
export type CallOutput<N extends CallName> = z.output<Contract[N]['out']>;
export type StreamValue<N extends StreamName> = z.output<Contract[N]['out']>;
