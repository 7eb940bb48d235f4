import type { ErrorReport } from '#core/base/errors.ts';
import type { Reply } from '#core/contract/bridge.ts';

/** Main to engine. `paths` holds the path behind each file grant that the request names. */
export type ToEngine =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly name: string;
      readonly input: unknown;
      readonly paths: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'close' };

/** Engine to main. `ready` comes once, when the workspace is open; `fatal` when it cannot be opened. */
export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'fatal'; readonly error: ErrorReport }
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply }
  | { readonly kind: 'event'; readonly name: string; readonly value: unknown };

/** What main starts the engine with; passed as one JSON argument. */
export interface EngineArguments {
  readonly workspace: string;
  readonly resources: string;
  readonly appVersion: string;
  /** Threads for fits; null: the cores but one. */
  readonly workers: number | null;
}
