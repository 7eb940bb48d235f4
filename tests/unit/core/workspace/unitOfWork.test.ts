import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';

function table() {
  const db = new Sqlite(':memory:');
  onTestFinished(() => void db.close());
  db.exec('CREATE TABLE t (x)');
  const rows = db.prepare('SELECT x FROM t ORDER BY x').pluck();
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  return { db, add: (x: number) => void insert.run(x), rows: () => rows.all() };
}

test('all or nothing, the units inside included', () => {
  const { db, add, rows } = table();
  expect(unitOfWork(db, () => (add(1), 'answer'))).toBe('answer');
  const failing = () =>
    unitOfWork(db, () => {
      add(2);
      unitOfWork(db, () => add(3));
      throw new Error('stop');
    });
  expect(failing).toThrow('stop');
  expect(rows()).toEqual([1]);
});

test('an asynchronous function is refused, since its writes would come after the end', () => {
  const { db } = table();
  expect(() => unitOfWork(db, () => Promise.resolve())).toThrow();
});
