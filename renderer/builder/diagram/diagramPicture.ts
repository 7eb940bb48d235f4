import type { Block, LanesBlock, StepBlock } from '#renderer/builder/diagram/diagramBlocks.ts';
import type { Picture, Shape } from '#renderer/builder/diagram/shapes.ts';
import { fitText, textWidth } from '#renderer/builder/diagram/textWidth.ts';
import { laneColour } from '#renderer/builder/laneColour.ts';
import { formatCount } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

const MARGIN = 24;
/** Between two steps: room for an arrow. */
const GAP = 22;
const NARROWEST = 132;
const WIDEST = 236;
const TITLE = 13;
const WORDS = 11;
const ICON = 18;
const LANE_PADDING = 14;
const LANE_HEADER = 32;
const LANE_GAP = 16;
/** Above and below lanes: room for the ways to part and to meet. */
const FORK = 28;

/**
 * Lays a pipeline out: steps below one another, lanes side by side, every list centred on its own axis. Sizes come from
 * the texts, so the picture is the same on every screen.
 */
export function diagramPicture(blocks: readonly Block[], tokens: ChartTokens): Picture {
  const { width, height } = sizeOfList(blocks);
  const shapes: Shape[] = [];
  const total = Math.max(width, NARROWEST) + 2 * MARGIN;
  drawList(blocks, total / 2, MARGIN, { shapes, tokens, colour: tokens.axis });
  return { width: total, height: height + 2 * MARGIN, shapes };
}

interface Pen {
  readonly shapes: Shape[];
  readonly tokens: ChartTokens;
  /** Of the way: that of the lane, outside of lanes a quiet one. */
  readonly colour: string;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeOf(block: Block): Size {
  if (block.kind === 'step') {
    const texts = Math.max(textWidth(block.title, TITLE) + 8, textWidth(block.words, WORDS));
    const wanted = texts + (block.icon === null ? 36 : ICON + 38);
    const least = block.icon === null ? 96 : NARROWEST;
    return { width: Math.min(WIDEST, Math.max(least, wanted)), height: block.words === '' ? 36 : 50 };
  }
  const lanes = block.lanes.map((lane) => laneSize(lane.blocks, lane.name));
  return {
    width: lanes.reduce((sum, { width }) => sum + width, 0) + LANE_GAP * (lanes.length - 1),
    height: 2 * FORK + (block.caption === '' ? 0 : 16) + Math.max(...lanes.map(({ height }) => height)),
  };
}

const sizeOfList = (blocks: readonly Block[]): Size => {
  const sizes = blocks.map(sizeOf);
  return {
    width: Math.max(0, ...sizes.map(({ width }) => width)),
    height: sizes.reduce((sum, { height }) => sum + height, 0) + GAP * Math.max(0, blocks.length - 1),
  };
};

function laneSize(blocks: readonly Block[], name: string): Size {
  const { width, height } = sizeOfList(blocks);
  const least = Math.max(NARROWEST * 0.7, textWidth(name, 12) + 44);
  return { width: Math.max(width, least) + 2 * LANE_PADDING, height: LANE_HEADER + height + GAP };
}

function drawList(blocks: readonly Block[], cx: number, top: number, pen: Pen): void {
  let y = top;
  blocks.forEach((block, k) => {
    const { height } = sizeOf(block);
    if (k > 0) arrow(cx, y, y + GAP, pen, block.kind === 'step');
    if (k > 0) y += GAP;
    if (block.kind === 'step') drawStep(block, cx, y, pen);
    else drawLanes(block, cx, y, pen);
    y += height;
  });
}

function arrow(x: number, from: number, to: number, { shapes, colour }: Pen, head: boolean): void {
  shapes.push({ kind: 'line', d: `M${x} ${from}V${head ? to - 1 : to}`, stroke: colour, strokeWidth: 1.5 });
  if (head)
    shapes.push({ kind: 'line', d: `M${x - 4} ${to - 6}L${x} ${to - 1}L${x + 4} ${to - 6}`, stroke: colour, strokeWidth: 1.5 }); // prettier-ignore
}

function drawStep(block: StepBlock, cx: number, y: number, { shapes, tokens }: Pen): void {
  const { width, height } = sizeOf(block);
  const x = cx - width / 2;
  const isEnd = block.role === 'start' || block.role === 'end';
  const isJoint = block.role === 'merge' || block.role === 'model';
  const stroke = isJoint ? tokens.primary : tokens.axis;
  const box = (by: number): Shape => ({
    kind: 'rect',
    x: x + by,
    y: y + by,
    width,
    height,
    radius: isEnd || block.role === 'merge' ? height / 2 : 6,
    fill: isEnd ? tokens.grid : tokens.background,
    stroke,
    strokeWidth: isJoint ? 1.75 : 1,
    ...(block.off ? { dash: '4 3' } : block.role === 'splitter' ? { dash: '7 3' } : {}),
  });
  // Alternatives lie behind the first one.
  if (block.count > 1) shapes.push(box(6), box(3));
  shapes.push(box(0));
  const left = block.icon === null ? x + 18 : x + ICON + 20;
  const room = width - (left - x) - 10;
  if (block.icon !== null)
    shapes.push({
      kind: 'icon',
      x: x + 10,
      y: y + (height - ICON) / 2,
      size: ICON,
      d: block.icon,
      fill: block.off ? tokens.muted : tokens.primary,
    });
  const title = fitText(block.title, TITLE, room);
  shapes.push({
    kind: 'text',
    x: isEnd ? cx : left,
    y: y + (block.words === '' ? height / 2 + 4.5 : 21),
    text: title,
    size: TITLE,
    weight: 600,
    fill: block.off ? tokens.muted : tokens.text,
    anchor: isEnd ? 'middle' : 'start',
  });
  if (block.words !== '')
    shapes.push({
      kind: 'text',
      x: left,
      y: y + 38,
      text: fitText(block.words, WORDS, room),
      size: WORDS,
      weight: 400,
      fill: tokens.muted,
      anchor: 'start',
    });
  if (block.count > 1) drawCount(block.count, x + width, y, shapes, tokens);
}

function drawCount(count: number, right: number, y: number, shapes: Shape[], tokens: ChartTokens): void {
  const text = `×${formatCount(count)}`;
  const width = textWidth(text, 11) + 12;
  shapes.push(
    { kind: 'rect', x: right - width + 8, y: y - 9, width, height: 18, radius: 9, fill: tokens.primary, stroke: tokens.background, strokeWidth: 1.5 }, // prettier-ignore
    { kind: 'text', x: right + 8 - width / 2, y: y + 4, text, size: 11, weight: 600, fill: tokens.background, anchor: 'middle' }, // prettier-ignore
  );
}

function drawLanes(block: LanesBlock, cx: number, top: number, pen: Pen): void {
  const { shapes, tokens } = pen;
  const { width, height } = sizeOf(block);
  const captioned = block.caption === '' ? 0 : 16;
  if (captioned > 0)
    shapes.push({
      kind: 'text',
      x: cx + 8,
      y: top + 10,
      text: fitText(block.caption, WORDS, Math.max(width / 2, 160)),
      size: WORDS,
      weight: 400,
      fill: tokens.muted,
      anchor: 'start',
    });
  if (captioned > 0) shapes.push({ kind: 'line', d: `M${cx} ${top}V${top + captioned}`, stroke: pen.colour, strokeWidth: 1.5 }); // prettier-ignore
  const [fork, tall] = [top + captioned, height - 2 * FORK - captioned];
  const [from, to] = [fork + FORK, fork + FORK + tall];
  let x = cx - width / 2;
  for (const lane of block.lanes) {
    const size = laneSize(lane.blocks, lane.name);
    const middle = x + size.width / 2;
    const colour = laneColour(tokens.mode, lane.letter);
    shapes.push({ kind: 'line', d: curve(cx, fork, middle, from), stroke: colour, strokeWidth: 1.75 });
    shapes.push(
      { kind: 'rect', x, y: from, width: size.width, height: tall, radius: 8, fill: colour, opacity: 0.06, stroke: 'none', strokeWidth: 0 }, // prettier-ignore
      { kind: 'rect', x, y: from, width: size.width, height: tall, radius: 8, fill: 'none', stroke: colour, strokeWidth: 1.25 }, // prettier-ignore
    );
    drawLaneName(lane.letter, lane.name, x + LANE_PADDING, from + LANE_HEADER / 2, colour, pen);
    drawList(lane.blocks, middle, from + LANE_HEADER, { ...pen, colour });
    const { height: used } = sizeOfList(lane.blocks);
    const end = from + (lane.blocks.length > 0 ? LANE_HEADER + used : LANE_HEADER);
    const dash = block.joined ? {} : { dash: '4 4' };
    shapes.push(
      { kind: 'line', d: `M${middle} ${end}V${to}`, stroke: colour, strokeWidth: 1.75 },
      { kind: 'line', d: curve(middle, to, cx, to + FORK), stroke: colour, strokeWidth: 1.75, ...dash },
    );
    x += size.width + LANE_GAP;
  }
  if (block.joined) return;
  const text = t('builder.diagram.compared');
  const chip = textWidth(text, WORDS) + 16;
  shapes.push(
    { kind: 'rect', x: cx - chip / 2, y: to + FORK - 12, width: chip, height: 18, radius: 9, fill: tokens.background, stroke: tokens.axis, strokeWidth: 1 }, // prettier-ignore
    { kind: 'text', x: cx, y: to + FORK + 1, text, size: WORDS, weight: 500, fill: tokens.muted, anchor: 'middle' },
  );
}

function drawLaneName(
  letter: string,
  name: string,
  x: number,
  y: number,
  colour: string,
  { shapes, tokens }: Pen,
): void {
  const wide = Math.max(20, textWidth(letter, 11) + 10);
  shapes.push(
    { kind: 'rect', x, y: y - 10, width: wide, height: 20, radius: 7, fill: tokens.background, stroke: colour, strokeWidth: 2 }, // prettier-ignore
    { kind: 'text', x: x + wide / 2, y: y + 4, text: letter, size: 11, weight: 700, fill: tokens.text, anchor: 'middle' }, // prettier-ignore
  );
  if (name !== '')
    shapes.push({ kind: 'text', x: x + wide + 7, y: y + 4, text: name, size: 12, weight: 600, fill: tokens.text, anchor: 'start' }); // prettier-ignore
}

/** From one point down to another, upright at both ends. */
function curve(x0: number, y0: number, x1: number, y1: number): string {
  const middle = (y0 + y1) / 2;
  return `M${x0} ${y0}C${x0} ${middle} ${x1} ${middle} ${x1} ${y1}`;
}
