import { Skeleton } from '@mui/material';
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import type { DatasetDetail, SampleRow } from '#core/contract/datasets.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { VirtualTable } from '#renderer/components/VirtualTable.tsx';
import type { TableColumn, TableSort } from '#renderer/components/VirtualTable.tsx';
import { decimalsForSpread, formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { usePagedRows } from '#renderer/state/usePagedRows.ts';

interface SamplesTableProps {
  readonly dataset: DatasetDetail;
  readonly selectedRow: number | null;
  readonly onSelect: (row: number | null) => void;
}

/** Every sample with its reference values, split and metadata; the engine sorts and pages. */
export function SamplesTable({ dataset, selectedRow, onSelect }: SamplesTableProps) {
  const [sort, setSort] = useState<TableSort>({ key: 'row', descending: false });
  const { id } = dataset;
  const load = useCallback(
    (offset: number, limit: number) =>
      callEngine('datasets.samples', { id, offset, limit, sortBy: sort.key, descending: sort.descending }),
    [id, sort],
  );
  const samples = usePagedRows<SampleRow>(load);
  const columns = sampleColumns(dataset);
  if (samples.failure !== null) return <ErrorNotice message={samples.failure} />;

  const rowCount = samples.total ?? dataset.samples;
  let selectedAt: number | null = null;
  for (let k = 0; selectedRow !== null && k < rowCount && selectedAt === null; k++)
    if (samples.row(k)?.row === selectedRow) selectedAt = k;

  return (
    <VirtualTable
      label={t('data.samples.label', { name: dataset.name })}
      testId="samples-table"
      columns={columns}
      rowCount={rowCount}
      cell={(index, column) => {
        const sample = samples.row(index);
        return sample ? sampleCell(sample, columns[column]?.key ?? '', dataset) : <Skeleton width="60%" />;
      }}
      onRange={samples.show}
      sort={sort}
      onSort={setSort}
      selectedRow={selectedAt}
      onSelect={(index) => {
        const sample = samples.row(index);
        if (sample) onSelect(sample.row);
      }}
    />
  );
}

const sampleColumns = (dataset: DatasetDetail): TableColumn[] => [
  { key: 'row', title: t('data.samples.row'), width: '64px', numeric: true, sortable: true },
  { key: 'id', title: t('data.samples.id'), width: 'minmax(120px, 1.2fr)', sortable: true },
  ...(dataset.split ? [{ key: 'split', title: t('data.samples.split'), width: '90px', sortable: true }] : []),
  ...dataset.targets.map(({ name, unit }) => ({
    key: `target:${name}`,
    title: unit ? `${name} / ${unit}` : name,
    numeric: true,
    sortable: true,
  })),
  ...dataset.metadata.map((name) => ({ key: `metadata:${name}`, title: name, sortable: true })),
];

function sampleCell(sample: SampleRow, key: string, dataset: DatasetDetail): ReactNode {
  if (key === 'row') return sample.row + 1;
  if (key === 'id') return sample.id;
  if (key === 'split') return sample.split ?? '–';
  const name = key.slice(key.indexOf(':') + 1);
  if (key.startsWith('target:')) {
    const k = dataset.targets.findIndex((target) => target.name === name);
    return formatNumber(sample.targets[k], { decimals: decimalsForSpread(dataset.targets[k]?.sd) });
  }
  return sample.metadata[dataset.metadata.indexOf(name)] ?? '–';
}
