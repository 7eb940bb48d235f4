import { createWriteStream, existsSync } from 'node:fs';
import { once } from 'node:events';
import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';
import { contentHasher } from '#core/data/contentHash.ts';
import { dataReport } from '#core/data/dataReport.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
const path = '/tmp/big-c/big' + process.argv[2] + '.csv';
if (!existsSync(path)) {
  let t = performance.now();
  const d = syntheticSpectra(10000, 2000, 1);
  console.log('synthetic', performance.now() - t);
  const out = createWriteStream(path);
  out.write('id,' + Array.from(d.source.axis.values).map((v) => v.toFixed(3)).join() + ',y\n');
  for (let i = 0; i < 10000; i++) {
    const row = [...d.source.x.data.subarray(i * 2000, i * 2000 + 2000)].map((v) => process.argv[2] === '17' ? String(v) : v.toFixed(7)).join();
    if (!out.write(d.sampleIds[i] + ',' + row + ',' + d.targets[0]!.values[i] + '\n')) await once(out, 'drain');
  }
  out.end(); await once(out, 'finish');
}
for (let k = 0; k < 2; k++) {
  let t = performance.now();
  const p = await inspectImport([path], nodeFiles);
  console.log('inspect ms', performance.now() - t, p.samples, p.files[0]!.bytes / 1e6);
  t = performance.now();
  let last = 0, worst = 0, lastT = performance.now();
  const iv = setInterval(() => { const n = performance.now(); worst = Math.max(worst, n - lastT); lastT = n; }, 1);
  const { dataset } = await importDataset([path], nodeFiles, p.options, { onProgress: (f) => { last = f; } });
  clearInterval(iv);
  console.log('import ms', performance.now() - t, dataset.source.x.rows, dataset.source.x.cols, 'worst block', worst);
  const hash = await contentHasher();
  t = performance.now(); const h = hash(dataset); console.log('hash ms', performance.now() - t, h);
  t = performance.now(); dataReport(dataset); console.log('report ms', performance.now() - t);
}
console.log('rss', process.memoryUsage().rss / 1e6);
