import { create } from 'zustand';
import type { Preferences } from '#core/contract/app.ts';
import type { EngineState, GrantedFile } from '#core/contract/shell.ts';
import { back, forward, startingHistory, visit } from '#renderer/state/history.ts';
import type { History, Page, Place } from '#renderer/state/history.ts';

export interface Toast {
  readonly id: number;
  readonly severity: 'success' | 'info' | 'warning' | 'error';
  readonly text: string;
  /** Technical text behind "Details", copyable. */
  readonly details?: string;
}

export interface ActiveJob {
  readonly jobId: string;
  readonly title: string;
  readonly startedAt: number;
  /** What it is doing right now: "Reading spectra". */
  readonly doing: string | null;
  /** 0 … 1; null while nobody knows. */
  readonly fraction: number | null;
  /** Seconds left, as a range; null until enough is known. */
  readonly eta: { readonly low: number; readonly high: number } | null;
  readonly cancelling: boolean;
  /** Asks for the end of the job; shown as a button in the status bar. */
  readonly cancel: (() => void) | null;
}

/** What undo and redo in the top bar act on: the builder registers itself while it is open. */
export interface UndoTarget {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undo: () => void;
  readonly redo: () => void;
}

export type Selection = Partial<Omit<Place, 'page'>>;

export interface AppState extends Place {
  readonly history: History;
  readonly preferences: Preferences | null;
  readonly engineState: EngineState;
  readonly toasts: readonly Toast[];
  readonly activeJobs: Readonly<Record<string, ActiveJob>>;
  /** Files dropped or opened that wait for the import dialog. */
  readonly pendingImport: readonly GrantedFile[];
  /** Model file and spectra that wait for the Predict page. */
  readonly pendingPredict: { readonly model: GrantedFile | null; readonly spectra: readonly GrantedFile[] };
  readonly undoTarget: UndoTarget | null;
  /** What the open page does for commands of the menu and the palette, by command id ('run.start'). */
  readonly pageActions: Readonly<Record<string, () => void>>;
  /** Counts the changes of an area ('datasets', 'runs' …), so that screens ask again. */
  readonly revisions: Readonly<Record<string, number>>;
  readonly overlay: 'palette' | 'shortcuts' | 'diagnostics' | null;
  /** Goes to a page; what the selection does not name stays selected. */
  navigate(page: Page, selection?: Selection): void;
  back(): void;
  forward(): void;
  notify(toast: Omit<Toast, 'id'>): void;
  dismissToast(id: number): void;
  setPreferences(preferences: Preferences): void;
  setEngineState(engineState: EngineState): void;
  startJob(job: Pick<ActiveJob, 'jobId' | 'title' | 'cancel'>): void;
  updateJob(jobId: string, progress: Partial<Pick<ActiveJob, 'doing' | 'fraction' | 'eta' | 'title'>>): void;
  cancelJob(jobId: string): void;
  endJob(jobId: string): void;
  setPendingImport(files: readonly GrantedFile[]): void;
  setPendingPredict(pending: AppState['pendingPredict']): void;
  setUndoTarget(target: UndoTarget | null): void;
  setPageActions(actions: AppState['pageActions']): void;
  setOverlay(overlay: AppState['overlay']): void;
  invalidate(area: string): void;
}

const HOME: Place = { page: 'home', datasetId: null, runId: null, variant: null };
const UNKNOWN = { doing: null, fraction: null, eta: null };
const MOST_TOASTS = 4;

/** The window's own state: where the person is and what the shell shows. Everything else is asked from the engine. */
export const useAppState = create<AppState>()((set, get) => ({
  ...HOME,
  history: startingHistory(HOME),
  preferences: null,
  engineState: { state: 'starting', message: null },
  toasts: [],
  activeJobs: {},
  pendingImport: [],
  pendingPredict: { model: null, spectra: [] },
  undoTarget: null,
  pageActions: {},
  revisions: {},
  overlay: null,

  navigate(page, selection = {}) {
    const { datasetId, runId, variant } = get();
    // Another run has other variants: keeping the number would show a stranger's.
    const kept = selection.runId !== undefined && selection.runId !== runId ? null : variant;
    const place: Place = { datasetId, runId, variant: kept, ...selection, page };
    set((state) => ({ ...place, history: visit(state.history, place) }));
  },
  back() {
    const moved = back(get().history);
    set({ history: moved, ...moved.current });
  },
  forward() {
    const moved = forward(get().history);
    set({ history: moved, ...moved.current });
  },
  notify(toast) {
    const id = 1 + Math.max(0, ...get().toasts.map((each) => each.id));
    set((state) => ({ toasts: [...state.toasts, { ...toast, id }].slice(-MOST_TOASTS) }));
  },
  dismissToast(id) {
    set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
  },
  setPreferences(preferences) {
    set({ preferences });
  },
  setEngineState(engineState) {
    set({ engineState });
  },
  startJob(job) {
    const started: ActiveJob = { ...job, startedAt: Date.now(), ...UNKNOWN, cancelling: false };
    set((state) => ({ activeJobs: { ...state.activeJobs, [job.jobId]: started } }));
  },
  updateJob(jobId, progress) {
    const job = get().activeJobs[jobId];
    if (job) set((state) => ({ activeJobs: { ...state.activeJobs, [jobId]: { ...job, ...progress } } }));
  },
  cancelJob(jobId) {
    const job = get().activeJobs[jobId];
    if (!job || job.cancelling) return;
    set((state) => ({ activeJobs: { ...state.activeJobs, [jobId]: { ...job, cancelling: true } } }));
    job.cancel?.();
  },
  endJob(jobId) {
    set((state) => ({
      activeJobs: Object.fromEntries(Object.entries(state.activeJobs).filter(([id]) => id !== jobId)),
    }));
  },
  setPendingImport(pendingImport) {
    set({ pendingImport });
  },
  setPendingPredict(pendingPredict) {
    set({ pendingPredict });
  },
  setUndoTarget(undoTarget) {
    set({ undoTarget });
  },
  setPageActions(pageActions) {
    set({ pageActions });
  },
  setOverlay(overlay) {
    set({ overlay });
  },
  invalidate(area) {
    set((state) => ({ revisions: { ...state.revisions, [area]: (state.revisions[area] ?? 0) + 1 } }));
  },
}));
