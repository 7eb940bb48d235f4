import type { Picture, Shape } from '#renderer/builder/diagram/shapes.ts';

interface SvgTexts {
  readonly title: string;
  readonly description: string;
  readonly background: string;
  /** A list of families; what a reader does not have falls back to the next. */
  readonly font: string;
}

/** The picture as a file of its own, with its title and description for those who do not see it. */
export function diagramSvg({ width, height, shapes }: Picture, texts: SvgTexts): string {
  const [w, h] = [number(width), number(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" aria-labelledby="diagram-title diagram-description" font-family="${escaped(texts.font)}">`,
    `<title id="diagram-title">${escaped(texts.title)}</title>`,
    `<desc id="diagram-description">${escaped(texts.description)}</desc>`,
    `<rect width="100%" height="100%" fill="${texts.background}"/>`,
    ...shapes.map(element),
    '</svg>',
    '',
  ].join('\n');
}

function element(shape: Shape): string {
  switch (shape.kind) {
    case 'rect':
      return tag('rect', {
        x: shape.x,
        y: shape.y,
        width: shape.width,
        height: shape.height,
        rx: shape.radius,
        fill: shape.fill,
        'fill-opacity': shape.opacity,
        stroke: shape.stroke,
        'stroke-width': shape.strokeWidth,
        'stroke-dasharray': shape.dash,
      });
    case 'line':
      return tag('path', {
        d: shape.d.replace(/-?\d+(\.\d+)?/g, (value) => number(Number(value))),
        fill: 'none',
        stroke: shape.stroke,
        'stroke-width': shape.strokeWidth,
        'stroke-dasharray': shape.dash,
        'stroke-linecap': 'round',
      });
    case 'icon':
      return tag('path', {
        d: shape.d,
        fill: shape.fill,
        // Icons are drawn on a grid of 24.
        transform: `translate(${number(shape.x)} ${number(shape.y)}) scale(${number(shape.size / 24)})`,
      });
    case 'text':
      return `${tag('text', {
        x: shape.x,
        y: shape.y,
        'font-size': shape.size,
        'font-weight': shape.weight,
        fill: shape.fill,
        'text-anchor': shape.anchor,
      }).slice(0, -2)}>${escaped(shape.text)}</text>`;
  }
}

const tag = (name: string, attributes: Readonly<Record<string, string | number | undefined>>): string =>
  `<${name}${Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? number(value) : escaped(String(value))}"`)
    .join('')}/>`;

/** Hundredths of a pixel are enough. */
const number = (value: number): string => String(Math.round(value * 100) / 100);

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] ?? '&quot;');
