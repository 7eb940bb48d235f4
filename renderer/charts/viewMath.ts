import type { View } from '#core/contract/datasets.ts';

/** The plot area inside its element, in CSS pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A little air above and below, so that no spectrum touches the frame. */
const MARGIN = 0.04;
/** Closer than this share of everything there is nothing but interpolation to see. */
const CLOSEST = 1e-4;

/** The view that shows everything; `reversed` puts the largest axis value to the left. */
export function fitView(axis: Float64Array, low: number, high: number, reversed: boolean): View {
  const [first, last] = [axis[0] ?? 0, axis[axis.length - 1] ?? 1];
  const [from, to] = [Math.min(first, last), Math.max(first, last)];
  const span = high - low || Math.abs(high) || 1;
  const [left, right] = reversed ? [to, from] : [from, to];
  const one = left === right ? 0.5 : 0; // a single wavelength still needs a width
  return { left: left - one, right: right + one, bottom: low - MARGIN * span, top: high + MARGIN * span };
}

/** Position in the plot element → axis value and signal. */
export const toData = (view: View, area: Area, at: Point): Point => ({
  x: view.left + ((at.x - area.x) / area.width) * (view.right - view.left),
  y: view.top + ((at.y - area.y) / area.height) * (view.bottom - view.top),
});

/** Scales the view about a data point; a factor below 1 goes closer. Never closer than a ten-thousandth of `full`. */
export function zoomAbout(view: View, at: Point, factorX: number, factorY: number, full: View): View {
  const fx = boundedFactor(factorX, view.right - view.left, full.right - full.left);
  const fy = boundedFactor(factorY, view.top - view.bottom, full.top - full.bottom);
  return {
    left: at.x + (view.left - at.x) * fx,
    right: at.x + (view.right - at.x) * fx,
    bottom: at.y + (view.bottom - at.y) * fy,
    top: at.y + (view.top - at.y) * fy,
  };
}

const FARTHEST = 4;
function boundedFactor(factor: number, span: number, full: number): number {
  const share = Math.abs(span / full) || 1;
  return Math.min(Math.max(factor, CLOSEST / share), FARTHEST / share);
}

/** Moves the view by shares of its width and height: positive looks further right and up. */
export function panBy(view: View, shareX: number, shareY: number): View {
  const dx = shareX * (view.right - view.left);
  const dy = shareY * (view.top - view.bottom);
  return { left: view.left + dx, right: view.right + dx, bottom: view.bottom + dy, top: view.top + dy };
}

/** The view of a box drawn from one corner to the other; null when the box is too small to be meant. */
export function boxView(view: View, area: Area, a: Point, b: Point): View | null {
  const SMALLEST = 6;
  if (Math.abs(a.x - b.x) < SMALLEST || Math.abs(a.y - b.y) < SMALLEST) return null;
  const [p, q] = [toData(view, area, a), toData(view, area, b)];
  const [left, right] = a.x < b.x ? [p.x, q.x] : [q.x, p.x];
  return { left, right, bottom: Math.min(p.y, q.y), top: Math.max(p.y, q.y) };
}

/** Mirrors the view along the wavelength axis. */
export const reversedView = (view: View): View => ({ ...view, left: view.right, right: view.left });

export interface BitmapPlace {
  /** Shift in shares of the area, and scale, that put a bitmap drawn for one view where another view wants it. */
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** Where a bitmap drawn for `drawn` belongs while `shown` is on screen: gestures move it before it is drawn anew. */
export const bitmapPlace = (drawn: View, shown: View): BitmapPlace => ({
  x: (drawn.left - shown.left) / (shown.right - shown.left),
  y: (drawn.top - shown.top) / (shown.bottom - shown.top),
  scaleX: (drawn.right - drawn.left) / (shown.right - shown.left),
  scaleY: (drawn.top - drawn.bottom) / (shown.top - shown.bottom),
});
