/**
 * Draws the application icon (the shapes of resources/icons/icon.svg) and writes icon.png (512), icon.ico and icon.icns.
 * Run it by hand after changing the shapes; the results are in the repository.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { root } from './lib/paths.mjs';
import { say } from './lib/say.mjs';
import { main } from './lib/stop.mjs';

/** In the coordinates of the SVG (512 × 512), painted in this order. */
const GROUND = { x: 16, y: 16, size: 480, radius: 104, colour: [0x14, 0x20, 0x2e] };
const WHITE = [0xf4, 0xf7, 0xfb];
const LINES = [
  { points: [56, 322, 160, 286], width: 20, colour: WHITE, opacity: 1 },
  { points: [160, 286, 318, 262], width: 14, colour: WHITE, opacity: 0.45 },
  { points: [309, 244, 456, 240], width: 18, colour: [0xf2, 0xa3, 0x3a], opacity: 1 },
  { points: [322, 268, 448, 304], width: 18, colour: [0x3f, 0xc0, 0x8f], opacity: 1 },
  { points: [334, 290, 430, 364], width: 18, colour: [0x4a, 0xa3, 0xff], opacity: 1 },
  { points: [246, 128, 378, 372, 114, 372, 246, 128], width: 22, colour: WHITE, opacity: 1 },
];

/** RGBA bytes; edges are smooth because coverage is taken from the distance to the shape. */
function draw(size) {
  const pixel = 512 / size;
  const rgba = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const x = (column + 0.5) * pixel;
      const y = (row + 0.5) * pixel;
      let colour = GROUND.colour;
      for (const line of LINES) {
        const cover = line.opacity * coverage(distanceToLine(x, y, line.points) - line.width / 2, pixel);
        colour = colour.map((value, k) => value + (line.colour[k] - value) * cover);
      }
      const at = (row * size + column) * 4;
      colour.forEach((value, k) => (rgba[at + k] = Math.round(value)));
      rgba[at + 3] = Math.round(255 * coverage(distanceToGround(x, y), pixel));
    }
  return rgba;
}

function coverage(distance, pixel) {
  return Math.min(1, Math.max(0, 0.5 - distance / pixel));
}

function distanceToGround(x, y) {
  const half = GROUND.size / 2;
  const dx = Math.abs(x - GROUND.x - half) - half + GROUND.radius;
  const dy = Math.abs(y - GROUND.y - half) - half + GROUND.radius;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - GROUND.radius;
}

function distanceToLine(x, y, points) {
  let nearest = Infinity;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [x0, y0, x1, y1] = points.slice(i, i + 4);
    const [dx, dy] = [x1 - x0, y1 - y0];
    const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
    nearest = Math.min(nearest, Math.hypot(x - x0 - along * dx, y - y0 - along * dy));
  }
  return nearest;
}

function png(size) {
  const rgba = draw(size);
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row++) rgba.copy(rows, row * (size * 4 + 1) + 1, row * size * 4, (row + 1) * size * 4);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits a channel, RGBA
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  const sum = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Windows: a directory of PNG images (a size of 0 means 256). */
function ico(sizes) {
  const images = sizes.map((size) => png(size));
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach((image, k) => {
    const at = 6 + 16 * k;
    head.writeUInt8(sizes[k] % 256, at);
    head.writeUInt8(sizes[k] % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(image.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += image.length;
  });
  return Buffer.concat([head, ...images]);
}

/** macOS: PNG images, each under the type that names its size. */
function icns() {
  const images = Object.entries({ ic07: 128, ic08: 256, ic09: 512, ic10: 1024 }).map(([type, size]) => {
    const image = png(size);
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(image.length + 8, 4);
    return Buffer.concat([head, image]);
  });
  const body = Buffer.concat(images);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

await main(() => {
  const folder = join(root, 'resources', 'icons');
  writeFileSync(join(folder, 'icon.png'), png(512));
  writeFileSync(join(folder, 'icon.ico'), ico([16, 32, 48, 256]));
  writeFileSync(join(folder, 'icon.icns'), icns());
  say('Icons: written to resources/icons.');
});
