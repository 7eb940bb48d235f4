import { Box } from '@mui/material';
import { useTheme } from '@mui/material/styles';
import type { Theme } from '@mui/material/styles';
import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { Problem } from '#core/contract/pipelines.ts';
import { newLine, shiftLines } from '#renderer/builder/textKeys.ts';
import type { TextState } from '#renderer/builder/textKeys.ts';
import { yamlTokens } from '#renderer/builder/yamlTokens.ts';
import type { TokenKind } from '#renderer/builder/yamlTokens.ts';
import { t } from '#renderer/locales/t.ts';
import { monoFont, tokens } from '#renderer/theme/tokens.ts';

interface YamlEditorProps {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}

/**
 * The document as text. A plain text area lies over a coloured copy of itself, so that selection, input methods and
 * screen readers are the platform's own. Problems stand beside the line they are about. Tab leaves the field, as
 * everywhere; Ctrl+] and Ctrl+[ indent.
 */
export function YamlEditor({ text, problems, onChange, onRun, onUndo, onRedo }: YamlEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const selection = useRef<TextState | null>(null);
  const lines = useMemo(() => text.split('\n'), [text]);
  const byLine = useMemo(() => firstProblemByLine(problems), [problems]);

  useLayoutEffect(() => {
    const wanted = selection.current;
    selection.current = null;
    if (wanted && area.current) area.current.setSelectionRange(wanted.start, wanted.end);
  }, [text]);

  const replace = (state: TextState): void => {
    selection.current = state;
    onChange(state.text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const { selectionStart: start, selectionEnd: end } = event.currentTarget;
    const now = { text, start, end };
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (control && key === 'enter') onRun();
    else if (control && key === 'z') (event.shiftKey ? onRedo : onUndo)();
    else if (control && key === 'y') onRedo();
    else if (control && (key === ']' || key === '[')) replace(shiftLines(now, key === ']'));
    else if (key === 'enter' && !control && !event.altKey && !event.nativeEvent.isComposing) replace(newLine(now));
    else return;
    event.preventDefault();
    event.stopPropagation(); // the page has the same shortcuts and would undo twice
  };

  return (
    <Box sx={{ height: '100%', overflow: 'auto', bgcolor: 'background.paper' }} data-testid="yaml-editor">
      <Box sx={{ display: 'flex', minHeight: '100%', width: 'max-content', minWidth: '100%', py: 1 }}>
        <Gutter count={lines.length} byLine={byLine} />
        <Box sx={{ position: 'relative', flex: 1, minWidth: 320 }}>
          <Box component="pre" aria-hidden sx={{ ...textStyle, m: 0, pr: 4, pointerEvents: 'none' }}>
            {lines.map((line, k) => (
              // Lines have no identity of their own; their number is their key.
              <Line key={k} line={line} problem={byLine.get(k + 1)} />
            ))}
          </Box>
          <Box
            component="textarea"
            ref={area}
            value={text}
            onChange={(event: { target: HTMLTextAreaElement }) => {
              onChange(event.target.value);
            }}
            onKeyDown={onKeyDown}
            aria-label={t('builder.text.label')}
            aria-describedby="yaml-editor-hint"
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            wrap="off"
            data-testid="yaml-text"
            sx={{ ...textStyle, ...overlay }}
          />
        </Box>
      </Box>
      <Box id="yaml-editor-hint" sx={{ display: 'none' }}>
        {t('builder.text.hint')}
      </Box>
    </Box>
  );
}

type ByLine = ReadonlyMap<number, Problem>;

const ORDER = { error: 0, warning: 1, note: 2 };

/** The gravest problem that begins on each line. */
function firstProblemByLine(problems: readonly Problem[]): ByLine {
  const sorted = [...problems].sort((a, b) => ORDER[b.severity] - ORDER[a.severity]);
  return new Map(sorted.map((problem) => [problem.line, problem]));
}

function Gutter({ count, byLine }: { readonly count: number; readonly byLine: ByLine }) {
  return (
    <Box aria-hidden sx={{ ...textStyle, ...gutter }}>
      {Array.from({ length: count }, (_, k) => {
        const problem = byLine.get(k + 1);
        return (
          <Box key={k} sx={problem ? { color: colourOf[problem.severity], fontWeight: 700 } : undefined}>
            {problem ? MARK[problem.severity] : ''} {k + 1}
          </Box>
        );
      })}
    </Box>
  );
}

const MARK = { error: '✕', warning: '▲', note: '●' };
const colourOf = { error: 'error.main', warning: 'warning.main', note: 'info.main' };

const Line = memo(function Line({ line, problem }: { readonly line: string; readonly problem: Problem | undefined }) {
  const colours = tokenColours(useTheme());
  return (
    <div>
      {yamlTokens(line).map((token, k) => (
        <span key={k} style={colours[token.kind]}>
          {token.text}
        </span>
      ))}
      {problem && (
        <Box
          component="span"
          sx={{ color: colourOf[problem.severity], pl: 3, fontStyle: 'italic', userSelect: 'none' }}
        >
          {problem.message}
        </Box>
      )}
      {line === '' && !problem ? '\u200b' : ''}
    </div>
  );
});

function tokenColours(theme: Theme): Record<TokenKind, { color: string; fontWeight?: number; fontStyle?: string }> {
  const c = tokens[theme.palette.mode];
  return {
    comment: { color: c.muted, fontStyle: 'italic' },
    key: { color: c.primary },
    generator: { color: c.accent, fontWeight: 600 },
    number: { color: c.info },
    constant: { color: c.info },
    text: { color: c.success },
    mark: { color: c.muted },
    plain: { color: c.text },
  };
}

// Both layers must break and measure alike, to the pixel.
const textStyle = {
  fontFamily: monoFont,
  fontSize: '13px',
  lineHeight: '20px',
  letterSpacing: 0,
  fontVariantLigatures: 'none',
  whiteSpace: 'pre',
  tabSize: 2,
} as const;
const gutter = {
  position: 'sticky',
  left: 0,
  zIndex: 1,
  pl: 1,
  pr: 1.5,
  minWidth: 56,
  textAlign: 'right',
  color: 'text.secondary',
  bgcolor: 'background.paper',
  userSelect: 'none',
} as const;
const overlay = {
  position: 'absolute',
  inset: 0,
  width: '100%',
  height: '100%',
  p: 0,
  m: 0,
  border: 0,
  resize: 'none',
  overflow: 'hidden',
  background: 'transparent',
  color: 'transparent',
  caretColor: (theme: Theme) => tokens[theme.palette.mode].text,
  '&:focus-visible': { outlineOffset: '-2px' },
  '&::selection': { background: (theme: Theme) => `${tokens[theme.palette.mode].primary}44`, color: 'transparent' },
} as const;
