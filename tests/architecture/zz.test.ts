import { test } from 'vitest';
import { operatorEvidence } from '#tests/support/operatorEvidence.ts';
test('x', () => { console.time('t'); const e = operatorEvidence(); console.timeEnd('t');
  for (const o of e) console.log(o.id, o.exported, o.tests.length, o.evidence.join('+'), o.evidence.length ? '' : o.tests.join(' '));
});
