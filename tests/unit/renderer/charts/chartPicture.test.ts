import { expect, test } from 'vitest';
import { withBackground } from '#renderer/charts/chartPicture.ts';

const svg = '<svg width="10" height="10" xmlns="http://www.w3.org/2000/svg"><text>fat / %</text></svg>';

test('puts the background behind everything and keeps text as text', () => {
  const out = withBackground(svg, '#FFFFFF', null);
  expect(out.indexOf('<rect')).toBeLessThan(out.indexOf('<text'));
  expect(out).toContain('<text>fat / %</text>');
});

test('embeds the bitmap under the axes', () => {
  const canvas = { toDataURL: () => 'data:image/png;base64,AAAA' } as HTMLCanvasElement;
  const out = withBackground(svg, '#FFFFFF', { canvas, x: 66, y: 58, width: 700, height: 300 });
  expect(out).toMatch(/<image x="66" y="58" width="700" height="300"[^>]*href="data:image\/png;base64,AAAA"/);
  expect(out.indexOf('<image')).toBeLessThan(out.indexOf('<text'));
});
