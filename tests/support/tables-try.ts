import { inspectImport } from '#core/io/inspectImport.ts';
import { importDataset } from '#core/io/importDataset.ts';
import { nodeFiles } from '#core/io/nodeFiles.ts';
for (const path of process.argv.slice(2)) {
  console.log('=====', path);
  const paths = path.split('+');
  try {
    let t = performance.now();
    const p = await inspectImport(paths, nodeFiles);
    const ti = performance.now() - t;
    console.log(ti.toFixed(0)+'ms', p.name, p.samples, p.samplesExact, JSON.stringify(p.axis), JSON.stringify(p.signal), p.targets.join(), '|', p.metadata.join(), '|', JSON.stringify(p.split));
    for (const f of p.files) console.log('  ', f.file, f.role, f.rows, f.columns, JSON.stringify(f.format), f.confidence.toFixed(2), f.note.slice(0,60));
    if (p.questions.length) console.log('  Q', JSON.stringify(p.questions.map(q=>q.text)));
    for (const j of p.joins) console.log('   join', j.file, j.by, j.matched, j.spectraWithout, j.rowsWithout);
    console.log('   W', p.warnings.join(' / '), 'bad', p.badCells.length);
    t = performance.now();
    const { dataset: d, report: r } = await importDataset(paths, nodeFiles, p.options);
    console.log('   import', (performance.now()-t).toFixed(0)+'ms', d.source.x.rows, d.source.x.cols, d.source.axis.unit, d.source.signal, d.sampleIds.slice(0,2).join(), d.targets.map(t=>t.name+':'+t.values[0]).join(), d.files.join(), r.duplicateSpectra.samples, r.duplicateSpectra.groups.length, r.duplicateSpectra.acrossSplits);
    console.log('   RW', r.warnings.join(' / '));
  } catch (e) { console.log('  ERR', e.code, e.message, e.code ? '' : e.stack); }
}
