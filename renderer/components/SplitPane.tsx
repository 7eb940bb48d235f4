import { Box } from '@mui/material';
import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';

interface SplitPaneProps {
  readonly first: ReactNode;
  readonly second: ReactNode;
  /** Name of the separator for screen readers: "Width of the list". */
  readonly label: string;
  readonly direction?: 'row' | 'column';
  /** Share of the first pane at the start, 0–1. Default 0.5. */
  readonly initial?: number;
  /** Pixels that neither pane goes below. Default 160. */
  readonly minimum?: number;
}

const KEY_STEP = 0.03;

/** Two panes with a separator that mouse and arrow keys move. */
export function SplitPane({ first, second, label, direction = 'row', initial = 0.5, minimum = 160 }: SplitPaneProps) {
  const [share, setShare] = useState(initial);
  const box = useRef<HTMLDivElement>(null);
  const row = direction === 'row';

  const place = (wanted: number): void => {
    const size = (row ? box.current?.clientWidth : box.current?.clientHeight) ?? 0;
    const least = size > 2 * minimum ? minimum / size : 0.5;
    setShare(Math.min(Math.max(wanted, least), 1 - least));
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !box.current) return;
    const bounds = box.current.getBoundingClientRect();
    place(row ? (event.clientX - bounds.left) / bounds.width : (event.clientY - bounds.top) / bounds.height);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const less = row ? 'ArrowLeft' : 'ArrowUp';
    const more = row ? 'ArrowRight' : 'ArrowDown';
    if (event.key === less) place(share - KEY_STEP);
    else if (event.key === more) place(share + KEY_STEP);
    else if (event.key === 'Home') place(0);
    else if (event.key === 'End') place(1);
    else return;
    event.preventDefault();
  };

  const tracks = `minmax(0, ${share}fr) 9px minmax(0, ${1 - share}fr)`;
  return (
    <Box
      ref={box}
      sx={{
        display: 'grid',
        height: '100%',
        minHeight: 0,
        minWidth: 0,
        [row ? 'gridTemplateColumns' : 'gridTemplateRows']: tracks,
      }}
    >
      <Box sx={{ minWidth: 0, minHeight: 0, overflow: 'hidden' }}>{first}</Box>
      <Box
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation={row ? 'vertical' : 'horizontal'}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
        sx={{
          cursor: row ? 'col-resize' : 'row-resize',
          touchAction: 'none',
          position: 'relative',
          '&::after': {
            content: '""',
            position: 'absolute',
            bgcolor: 'divider',
            ...(row ? { left: 4, top: 0, bottom: 0, width: '1px' } : { top: 4, left: 0, right: 0, height: '1px' }),
          },
          '&:hover::after, &:focus-visible::after': { bgcolor: 'primary.main' },
        }}
      />
      <Box sx={{ minWidth: 0, minHeight: 0, overflow: 'hidden' }}>{second}</Box>
    </Box>
  );
}
