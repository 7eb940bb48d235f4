import { useEffect, useState } from 'react';
import type { DatasetDetail } from '#core/contract/datasets.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';

const PAGE = 1000;

/** The reference values that exist, one list a target; fetched page by page. */
export function useTargetValues(dataset: DatasetDetail): {
  readonly values: readonly (readonly number[])[] | null;
  readonly failure: string | null;
} {
  const [values, setValues] = useState<readonly (readonly number[])[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { id, samples, contentHash } = dataset;
  const targets = dataset.targets.length;

  useEffect(() => {
    let wanted = true;
    const read = async (): Promise<number[][]> => {
      const lists = Array.from({ length: targets }, (): number[] => []);
      for (let offset = 0; offset < samples && wanted; offset += PAGE) {
        const { rows } = await callEngine('datasets.samples', { id, offset, limit: PAGE });
        for (const row of rows)
          row.targets.forEach((value, k) => {
            if (value !== null) lists[k]?.push(value);
          });
      }
      return lists;
    };
    read().then(
      (lists) => {
        if (wanted) setValues(lists);
      },
      (error: unknown) => {
        if (wanted) setFailure(asApiError(error).message);
      },
    );
    return () => {
      wanted = false;
    };
  }, [id, contentHash, samples, targets]);
  return { values, failure };
}
