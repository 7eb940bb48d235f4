import { useCallback, useEffect, useRef, useState } from 'react';
import { asApiError } from '#renderer/bridge/apiError.ts';

export interface Page<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

export interface PagedRows<Row> {
  /** null until the first page has come. */
  readonly total: number | null;
  readonly failure: string | null;
  /** The row at a place, once its page is here. */
  row(index: number): Row | undefined;
  /** Asks for the pages of these rows that are not here yet. */
  show(first: number, last: number): void;
}

const PAGE = 200;

/** The rows of a long table, fetched page by page as they come into sight. `load` must change when the order does. */
export function usePagedRows<Row>(load: (offset: number, limit: number) => Promise<Page<Row>>): PagedRows<Row> {
  const [pages, setPages] = useState<ReadonlyMap<number, readonly Row[]>>(new Map());
  const [total, setTotal] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const asked = useRef(new Set<number>());
  const visible = useRef({ first: 0, last: 0 });
  const generation = useRef(0);

  const fetchPage = useCallback(
    (page: number) => {
      if (asked.current.has(page)) return;
      asked.current.add(page);
      const turn = generation.current;
      load(page * PAGE, PAGE).then(
        (answer) => {
          if (turn !== generation.current) return;
          setPages((before) => new Map(before).set(page, answer.rows));
          setTotal(answer.total);
          setFailure(null);
        },
        (error: unknown) => {
          if (turn !== generation.current) return;
          asked.current.delete(page);
          setFailure(asApiError(error).message);
        },
      );
    },
    [load],
  );
  const show = useCallback(
    (first: number, last: number) => {
      visible.current = { first, last };
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) fetchPage(page);
    },
    [fetchPage],
  );

  useEffect(() => {
    generation.current += 1;
    asked.current = new Set();
    setPages(new Map());
    show(visible.current.first, visible.current.last);
  }, [show]);

  const row = useCallback((index: number) => pages.get(Math.floor(index / PAGE))?.[index % PAGE], [pages]);
  return { total, failure, row, show };
}
