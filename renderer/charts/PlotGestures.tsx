import { Box } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import type { View } from '#core/contract/datasets.ts';
import { boxView, panBy, toData, zoomAbout } from '#renderer/charts/viewMath.ts';
import type { Area, Point } from '#renderer/charts/viewMath.ts';

interface PlotGesturesProps {
  readonly label: string;
  readonly description: string;
  readonly area: Area;
  readonly now: RefObject<View | null>;
  readonly full: View;
  /** While true the next drag draws a box to zoom to. */
  readonly boxMode: boolean;
  readonly onView: (view: View) => void;
  readonly onBoxEnd: () => void;
  readonly onFit: () => void;
  /** The pointer is pressed, or let go. */
  readonly onHold: (held: boolean) => void;
  readonly onHover: (at: Point | null) => void;
  readonly onClick: (at: Point) => void;
  /** Letters and other keys that are not about the view; true when the key was used. */
  readonly onKey: (key: string) => boolean;
}

const WHEEL_RATE = 0.0015;
const KEY_PAN = 0.12;
const KEY_ZOOM = 0.8;
/** A press that moves less is a click. */
const CLICK_PIXELS = 4;

interface Drag {
  readonly from: Point;
  readonly view: View;
  readonly far: boolean;
}

/** The transparent sheet over a plot that turns wheel, drag, box and keys into views. */
export function PlotGestures(props: PlotGesturesProps) {
  const { label, description, area, now, full, boxMode, onView, onBoxEnd, onFit, onHold, onHover, onClick, onKey } =
    props;
  const sheet = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const [box, setBox] = useState<{ readonly a: Point; readonly b: Point } | null>(null);

  // React's wheel listener is passive and could not keep the page from scrolling.
  useEffect(() => {
    const element = sheet.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (!now.current) return;
      event.preventDefault();
      const at = { x: event.offsetX, y: event.offsetY };
      const factor = Math.exp((event.deltaY || event.deltaX) * WHEEL_RATE);
      const alongY = event.shiftKey || at.x < area.x;
      const bothAxes = event.ctrlKey;
      onView(
        zoomAbout(
          now.current,
          toData(now.current, area, at),
          alongY ? 1 : factor,
          alongY || bothAxes ? factor : 1,
          full,
        ),
      );
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('wheel', onWheel);
    };
  }, [area, now, full, onView]);

  const pointOf = (event: PointerEvent): Point => ({ x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY });
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || !now.current) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: pointOf(event), view: now.current, far: false };
    onHold(true);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const at = pointOf(event);
    const started = drag.current;
    if (!started) {
      onHover(at);
      return;
    }
    const far = started.far || Math.hypot(at.x - started.from.x, at.y - started.from.y) > CLICK_PIXELS;
    drag.current = { ...started, far };
    if (!far) return;
    if (boxMode) setBox({ a: started.from, b: at });
    else onView(panBy(started.view, (started.from.x - at.x) / area.width, (at.y - started.from.y) / area.height));
  };
  const onPointerUp = (event: PointerEvent): void => {
    const ended = drag.current;
    drag.current = null;
    setBox(null);
    onHold(false);
    if (!ended) return;
    const at = pointOf(event);
    if (!ended.far) onClick(at);
    else if (boxMode) {
      const view = boxView(ended.view, area, ended.from, at);
      if (view) onView(view);
      onBoxEnd();
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !now.current) return;
    const view = keyView(event.key, now.current, full);
    if (view) onView(view);
    else if (event.key === 'Backspace') onFit();
    else if (!onKey(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Box
      ref={sheet}
      role="application"
      aria-label={label}
      aria-description={description}
      tabIndex={0}
      data-testid="plot-gestures"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        drag.current = null;
        setBox(null);
        onHold(false);
      }}
      onPointerLeave={() => {
        onHover(null);
      }}
      onDoubleClick={onFit}
      onKeyDown={onKeyDown}
      sx={{
        position: 'absolute',
        inset: 0,
        touchAction: 'none',
        cursor: boxMode ? 'crosshair' : 'default',
        zIndex: 1,
        '&:focus-visible': { outlineOffset: '-2px' },
      }}
    >
      {box && (
        <Box
          sx={{
            position: 'absolute',
            left: Math.min(box.a.x, box.b.x),
            top: Math.min(box.a.y, box.b.y),
            width: Math.abs(box.a.x - box.b.x),
            height: Math.abs(box.a.y - box.b.y),
            border: 1,
            borderColor: 'primary.main',
            bgcolor: 'action.selected',
            pointerEvents: 'none',
          }}
        />
      )}
    </Box>
  );
}

/** The view after an arrow, plus or minus; null for every other key. */
function keyView(key: string, view: View, full: View): View | null {
  const middle = { x: (view.left + view.right) / 2, y: (view.bottom + view.top) / 2 };
  switch (key) {
    case 'ArrowLeft':
      return panBy(view, -KEY_PAN, 0);
    case 'ArrowRight':
      return panBy(view, KEY_PAN, 0);
    case 'ArrowUp':
      return panBy(view, 0, KEY_PAN);
    case 'ArrowDown':
      return panBy(view, 0, -KEY_PAN);
    case '+':
    case '=':
      return zoomAbout(view, middle, KEY_ZOOM, KEY_ZOOM, full);
    case '-':
    case '_':
      return zoomAbout(view, middle, 1 / KEY_ZOOM, 1 / KEY_ZOOM, full);
    default:
      return null;
  }
}
