import { create } from 'zustand';
import type { PipelineSummary } from '#core/contract/pipelines.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import type { PreviewMode } from '#renderer/builder/previewOption.ts';
import { edit, redo, startHistory, undo } from '#renderer/builder/textHistory.ts';
import type { TextHistory } from '#renderer/builder/textHistory.ts';
import { loadHistory } from '#renderer/builder/historyStorage.ts';

/** The document in the editor. */
export interface OpenDocument {
  /** Of this visit: a document gets its id with its first save. */
  readonly key: number;
  readonly id: string | null;
  readonly history: TextHistory;
  /** The text as the workspace has it; null before the first save. */
  readonly savedText: string | null;
}

export interface RunChoice {
  readonly datasetId: string | null;
  readonly target: string | null;
  /** Null until the person chooses: then the labels' names decide. */
  readonly split: { readonly train: readonly string[]; readonly test: readonly string[] } | null;
  readonly seed: number;
}

export interface BuilderState {
  readonly open: OpenDocument | null;
  readonly view: 'cards' | 'diagram' | 'text';
  /** Where the selected step stands in the document. */
  readonly selected: DocPath | null;
  readonly previewMode: PreviewMode;
  readonly previewFrom: 'step' | 'start';
  readonly run: RunChoice;
  openSaved(summary: PipelineSummary): void;
  openText(text: string): void;
  close(): void;
  /** Makes the text the document's; edits with the same label in quick succession are one step of undo. */
  change(text: string, label?: string | null): void;
  undo(): void;
  redo(): void;
  saved(key: number, id: string, text: string): void;
  select(path: DocPath | null): void;
  setView(view: BuilderState['view']): void;
  setPreviewMode(mode: PreviewMode): void;
  setPreviewFrom(from: BuilderState['previewFrom']): void;
  setRun(change: Partial<RunChoice>): void;
}

/**
 * What the builder shows. The text of the open document is the only truth: cards, counts and the text view are read
 * from it, and every edit is a new text. It outlives the page, so that coming back finds everything, undo included.
 */
export const useBuilder = create<BuilderState>()((set, get) => {
  const setHistory = (step: (history: TextHistory) => TextHistory): void => {
    const { open } = get();
    if (open) set({ open: { ...open, history: step(open.history) } });
  };
  const start = (document: Omit<OpenDocument, 'key'>): void => {
    const key = (get().open?.key ?? 0) + 1;
    set({ open: { ...document, key }, selected: null, view: 'cards' });
  };
  return {
    open: null,
    view: 'cards',
    selected: null,
    previewMode: 'both',
    previewFrom: 'step',
    run: { datasetId: null, target: null, split: null, seed: 0 },

    openSaved({ id, text }) {
      start({ id, history: loadHistory(id, text) ?? startHistory(text), savedText: text });
    },
    openText(text) {
      start({ id: null, history: startHistory(text), savedText: null });
    },
    close() {
      set({ open: null, selected: null });
    },
    change(text, label = null) {
      setHistory((history) => edit(history, text, label, Date.now()));
    },
    undo() {
      setHistory(undo);
    },
    redo() {
      setHistory(redo);
    },
    saved(key, id, text) {
      const { open } = get();
      if (open?.key === key) set({ open: { ...open, id, savedText: text } });
    },
    select(selected) {
      set({ selected });
    },
    setView(view) {
      set({ view });
    },
    setPreviewMode(previewMode) {
      set({ previewMode });
    },
    setPreviewFrom(previewFrom) {
      set({ previewFrom });
    },
    setRun(change) {
      set({ run: { ...get().run, ...change } });
    },
  };
});
