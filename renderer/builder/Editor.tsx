import { Box, Button, Skeleton } from '@mui/material';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { OperatorDescriptor } from '#core/contract/operators.ts';
import type { Problem } from '#core/contract/pipelines.ts';
import type { DatasetSummary } from '#core/contract/datasets.ts';
import { setName } from '#core/pipeline/edit.ts';
import { BigRunDialog, ASK_ABOVE } from '#renderer/builder/BigRunDialog.tsx';
import { useBuilder } from '#renderer/builder/builderState.ts';
import type { OpenDocument } from '#renderer/builder/builderState.ts';
import { DiagramView } from '#renderer/builder/diagram/DiagramView.tsx';
import { EditorBody } from '#renderer/builder/EditorBody.tsx';
import { EditorHeader } from '#renderer/builder/EditorHeader.tsx';
import type { Edited } from '#renderer/builder/edits.ts';
import { FitsBar } from '#renderer/builder/FitsBar.tsx';
import { locateStep } from '#renderer/builder/locate.ts';
import { NoDataLine } from '#renderer/builder/NoDataLine.tsx';
import { PreviewPane } from '#renderer/builder/PreviewPane.tsx';
import { previewStep } from '#renderer/builder/previewStep.ts';
import { readDocument } from '#renderer/builder/readDocument.ts';
import { RunOptions } from '#renderer/builder/RunOptions.tsx';
import { SelectionOptions } from '#renderer/builder/SelectionOptions.tsx';
import type { StepView } from '#renderer/builder/stepView.ts';
import { targetNeed, taskOf } from '#renderer/builder/selection.ts';
import { runSetup } from '#renderer/builder/runSetup.ts';
import { useAutosave } from '#renderer/builder/useAutosave.ts';
import { useBuilderKeys } from '#renderer/builder/useBuilderKeys.ts';
import { useDebounced } from '#renderer/builder/useDebounced.ts';
import { useRunPipeline } from '#renderer/builder/useRunPipeline.ts';
import { useStable } from '#renderer/builder/useStable.ts';
import { YamlEditor } from '#renderer/builder/YamlEditor.tsx';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { SplitPane } from '#renderer/components/SplitPane.tsx';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { saveFile } from '#renderer/state/saveFile.ts';
import { useCall } from '#renderer/state/useCall.ts';

/** Edits wait this long for the next one before the document is checked. */
const CHECK_QUIET_MS = 100;

/** The open document: asks for operators and datasets, then hands over. */
export function Editor({ open }: { readonly open: OpenDocument }) {
  const operators = useCall('operators.list', {});
  const datasets = useCall('datasets.list', {});
  if (operators.status === 'failed')
    return (
      <Box sx={{ p: 3 }}>
        <ErrorNotice message={operators.message} details={operators.details} onRetry={operators.reload} />
      </Box>
    );
  if (operators.status !== 'ready')
    return <Skeleton variant="rectangular" sx={{ m: 3, height: 'calc(100% - 48px)' }} />;
  return (
    <ReadyEditor
      open={open}
      operators={operators.value}
      datasets={datasets.status === 'ready' ? datasets.value : NONE}
    />
  );
}

/** The card that a problem is about: of a lane, where it lies in one. */
const placeOf = (problem: Problem, step: StepView): StepView =>
  locateStep({ stepsPath: [], steps: [step] }, problem.path)?.step ?? step;

const NONE: readonly DatasetSummary[] = [];
const NO_COLUMNS: readonly string[] = [];
const NO_PROBLEMS: readonly Problem[] = [];

interface ReadyEditorProps {
  readonly open: OpenDocument;
  readonly operators: readonly OperatorDescriptor[];
  readonly datasets: readonly DatasetSummary[];
}

function ReadyEditor({ open, operators, datasets }: ReadyEditorProps) {
  const text = open.history.present;
  const { view: shown, selected, run, change, select, setView, setRun, undo, redo } = useBuilder();
  const lookedAt = useAppState((state) => state.datasetId);
  const search = useRef<HTMLInputElement>(null);
  const view = useMemo(() => readDocument(text, operators), [text, operators]);
  // While the text cannot be read, the pipeline keeps the name it had.
  const [knownName, setKnownName] = useState(view.name);
  if (!view.unreadable && view.name !== knownName) setKnownName(view.name);
  const name = (view.unreadable ? knownName : view.name) ?? t('builder.untitled');
  const save = useAutosave(name);
  const need = targetNeed(view);
  const setup = useMemo(() => runSetup(datasets, run, lookedAt, name, need), [datasets, run, lookedAt, name, need]);
  const datasetId = setup?.dataset.id ?? null;
  const checked = useCall(
    'pipelines.check',
    useDebounced(
      useMemo(() => ({ text, datasetId }), [text, datasetId]),
      CHECK_QUIET_MS,
    ),
  );
  const check = checked.status === 'ready' ? checked.value : null;
  const [asked, setAsked] = useState<number | null>(null);
  const { start, starting } = useRunPipeline();
  useBuilderKeys(search);

  const apply = (edit: (now: string) => Edited, label?: string): void => {
    try {
      const edited = edit(text);
      change(edited.text, label ?? null);
      select(edited.selected);
    } catch (error) {
      useAppState.getState().notify({ severity: 'error', text: asApiError(error).message });
    }
  };
  const blocked = setup === null ? t('builder.run.noData') : setup.target === null ? t('builder.run.noTarget') : null;
  const runNow = (): void => {
    setAsked(null);
    if (setup) start(setup, name, text);
  };
  const onRun = useStable((): void => {
    if (blocked !== null || starting || !check?.runnable) return;
    const fits = check.realFits ?? check.fitGroups;
    if (fits > ASK_ABOVE) setAsked(fits);
    else runNow();
  });
  const onExport = useStable((): void => {
    saveFile('yaml', `${name}.yaml`, text).then(
      (file) => {
        if (file !== null)
          useAppState.getState().notify({ severity: 'success', text: t('builder.header.exported', { file }) });
      },
      (error: unknown) => useAppState.getState().notify({ severity: 'error', text: asApiError(error).message }),
    );
  });
  const onShow = useStable((problem: Problem): void => {
    const step = view.steps.find((each) => problem.path.slice(0, each.path.length).join() === each.path.join());
    if (step && shown === 'cards') select(placeOf(problem, step).path);
    else setView('text');
  });
  const onName = useStable((next: string) => apply((now) => ({ text: setName(now, next), selected })));
  const onCopy = useStable(() => void navigator.clipboard.writeText(text));
  const onSelection = useStable((edit: (now: string) => string) =>
    apply((now) => ({ text: edit(now), selected }), 'selection'),
  );
  const onFix = useStable((fixed: string) => apply(() => ({ text: fixed, selected })));
  const target = setup?.dataset.targets.find((each) => each.name === setup.target) ?? null;
  usePageActions(onRun, onExport);
  const preview = useMemo(() => previewStep(text, view, selected), [text, view, selected]);
  const problems = check?.problems ?? NO_PROBLEMS;

  return (
    <Box
      sx={{ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 }}
      data-testid="builder"
      onKeyDownCapture={(event) => {
        // Before the controls see it: a focused list would open instead.
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || asked !== null) return;
        event.preventDefault();
        event.stopPropagation();
        onRun();
      }}
    >
      <EditorHeader name={name} save={save} onName={onName} onExport={onExport} onCopy={onCopy} />
      <Box sx={{ px: 2, py: 1, borderBottom: 1, borderColor: 'divider' }}>
        {setup ? (
          <RunOptions datasets={datasets} setup={setup} need={need} onChange={setRun}>
            {view.unreadable === null && <SelectionOptions text={text} task={taskOf(view)} onChange={onSelection} />}
          </RunOptions>
        ) : (
          <NoDataLine />
        )}
      </Box>
      <Box sx={{ flex: 1, minHeight: 0 }}>
        {shown === 'diagram' && view.unreadable === null ? (
          <DiagramView name={name} view={view} />
        ) : (
          <SplitPane
            label={t('builder.paneWidth')}
            initial={0.6}
            minimum={340}
            first={
              <Box sx={{ height: '100%', containerType: 'inline-size' }}>
                {shown === 'text' ? (
                  <YamlEditor
                    text={text}
                    problems={problems}
                    onChange={(next) => change(next, 'text')}
                    onRun={onRun}
                    onUndo={undo}
                    onRedo={redo}
                  />
                ) : view.unreadable ? (
                  <Box sx={{ p: 2 }}>
                    <ErrorNotice
                      title={t('builder.unreadable.title', { line: view.unreadable.line })}
                      message={t('builder.unreadable.text', { problem: view.unreadable.message })}
                    />
                    <Box sx={{ display: 'flex', gap: 1, mt: 1.5 }}>
                      <Button variant="contained" onClick={() => setView('text')}>
                        {t('builder.unreadable.open')}
                      </Button>
                      <Button onClick={undo}>{t('builder.unreadable.undo')}</Button>
                    </Box>
                  </Box>
                ) : (
                  <EditorBody
                    view={view}
                    operators={operators}
                    problems={problems}
                    search={search}
                    metadata={setup?.dataset.metadata ?? NO_COLUMNS}
                    apply={apply}
                  />
                )}
              </Box>
            }
            second={<PreviewPane datasetId={datasetId} target={target} step={preview} />}
          />
        )}
      </Box>
      <FitsBar
        check={check}
        countable={view.unreadable === null && view.steps.length > 0}
        blocked={blocked}
        starting={starting}
        onRun={onRun}
        onShow={onShow}
        onFix={onFix}
      />
      <BigRunDialog fits={asked} onStart={runNow} onClose={() => setAsked(null)} />
    </Box>
  );
}

/** What the menu, the command palette and the top bar can do while this page is open. */
function usePageActions(onRun: () => void, onExport: () => void): void {
  useEffect(() => {
    const { setPageActions } = useAppState.getState();
    setPageActions({ 'run.start': onRun, 'pipeline.saveAs': onExport });
    return () => setPageActions({});
  }, [onRun, onExport]);
  const history = useBuilder((state) => state.open?.history);
  const canUndo = (history?.past.length ?? 0) > 0;
  const canRedo = (history?.future.length ?? 0) > 0;
  useEffect(() => {
    const { setUndoTarget } = useAppState.getState();
    const { undo, redo } = useBuilder.getState();
    setUndoTarget({ canUndo, canRedo, undo, redo });
    return () => setUndoTarget(null);
  }, [canUndo, canRedo]);
}
