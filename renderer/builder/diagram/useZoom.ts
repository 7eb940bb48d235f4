import { useEffect, useState } from 'react';
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';

/** What of a picture is seen: its scale, and where its top left corner stands in the window. */
export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const SMALLEST = 0.15;
const LARGEST = 4;
const KEY_FACTOR = 1.2;
const KEY_STEP = 60;

/** The whole picture, centred, and never larger than it was drawn. */
export function fitted(picture: Size, window: Size): Zoom {
  const scale = Math.min(1.25, window.width / picture.width, window.height / picture.height);
  return { scale, x: (window.width - picture.width * scale) / 2, y: (window.height - picture.height * scale) / 2 };
}

/** Larger or smaller by a factor; what is at (x, y) stays there. */
export function zoomed(zoom: Zoom, factor: number, x: number, y: number): Zoom {
  const scale = Math.min(LARGEST, Math.max(SMALLEST, zoom.scale * factor));
  const real = scale / zoom.scale;
  return { scale, x: x - (x - zoom.x) * real, y: y - (y - zoom.y) * real };
}

/** Zoom and pan of a picture: wheel and drag, + − 0 and arrows. Fits until somebody moves it. */
export function useZoom(picture: Size, window: Size | null, element: RefObject<HTMLElement | null>) {
  const [moved, setMoved] = useState<Zoom | null>(null);
  const now = moved ?? (window ? fitted(picture, window) : { scale: 1, x: 0, y: 0 });
  const by = (factor: number): void =>
    setMoved(zoomed(now, factor, (window?.width ?? 0) / 2, (window?.height ?? 0) / 2));
  const pan = (dx: number, dy: number): void => setMoved({ ...now, x: now.x + dx, y: now.y + dy });

  // React's own wheel listener cannot keep the page from scrolling.
  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const bounds = target.getBoundingClientRect();
      const factor = Math.exp(-event.deltaY * 0.0015);
      setMoved((before) =>
        zoomed(
          before ?? (bounds.width > 0 ? fitted(picture, bounds) : { scale: 1, x: 0, y: 0 }),
          factor,
          event.clientX - bounds.left,
          event.clientY - bounds.top,
        ),
      );
    };
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => target.removeEventListener('wheel', onWheel);
  }, [element, picture]);

  return {
    zoom: now,
    larger: () => by(KEY_FACTOR),
    smaller: () => by(1 / KEY_FACTOR),
    fit: () => setMoved(null),
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) pan(event.movementX, event.movementY);
    },
    onKeyDown: (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = ARROWS[event.key];
      if (event.key === '+' || event.key === '=') by(KEY_FACTOR);
      else if (event.key === '-') by(1 / KEY_FACTOR);
      else if (event.key === '0') setMoved(null);
      else if (step) pan(step[0] * KEY_STEP, step[1] * KEY_STEP);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
