import { z } from 'zod';
import { call, FileGrant, Nothing, stream } from '#core/contract/call.ts';

export const GrantedFile = z.strictObject({ file: FileGrant, name: z.string(), folder: z.boolean() });
export type GrantedFile = z.infer<typeof GrantedFile>;

export const EngineState = z.strictObject({
  state: z.enum(['starting', 'ready', 'restarting', 'failed']),
  /** Why, in a sentence; null while all is well. */
  message: z.string().nullable(),
});
export type EngineState = z.infer<typeof EngineState>;

export const SaveKind = z.enum(['png', 'svg', 'csv', 'onnx', 'refract', 'yaml']);
export type SaveKind = z.infer<typeof SaveKind>;

/** Menu entries are commands of the window's command table; main only passes their name on. */
export const MenuCommand = z.strictObject({ command: z.string() });

/** What main itself answers: dialogs, the engine's state, menu commands. Everything else goes to the engine. */
export const shell = {
  'dialog.open': call({
    in: z.strictObject({ kind: z.enum(['data', 'folder', 'model', 'pipeline']) }),
    out: z.array(GrantedFile),
    timeoutSeconds: 24 * 3600, // a dialog waits for a person
  }),
  'dialog.save': call({
    in: z.strictObject({ kind: SaveKind, suggestedName: z.string().max(200) }),
    out: GrantedFile.nullable(),
    timeoutSeconds: 24 * 3600,
  }),
  /** What helps to find the cause of a failure, as text; shown before the person copies it. */
  'diagnostics.read': call({ in: Nothing, out: z.strictObject({ text: z.string() }) }),
  'engine.state': call({ in: Nothing, out: EngineState }),
  'engine.restart': call({ in: Nothing, out: Nothing }),
  'engine.states': stream({ out: EngineState }),
  'menu.commands': stream({ out: MenuCommand }),
};
