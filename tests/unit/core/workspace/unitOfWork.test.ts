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
  expect(() => unitOfWork(db, () => unitOfWork(db, () => Promise.resolve()))).toThrow('must not be asynchronous');
});

test('what may reach the disk a little later is followed by what must be there: the order of writes is kept', () => {
  const db = new Sqlite(':memory:');
  db.exec('CREATE TABLE t (n INTEGER)');
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  const level = () => Number(db.pragma('synchronous', { simple: true }));
  const before = level();
  unitOfWork(db, () => insert.run(1), 'soon');
  expect(() =>
    unitOfWork(
      db,
      () => {
        insert.run(2);
        throw new Error('stop');
      },
      'soon',
    ),
  ).toThrow('stop');
  expect(level()).toBe(2); // FULL again, also after a failure
  expect([before, db.prepare('SELECT n FROM t').pluck().all()]).toEqual([2, [1]]);
});
