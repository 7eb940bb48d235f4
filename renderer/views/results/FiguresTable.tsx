import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { t } from '#renderer/locales/t.ts';

export interface FigureRow<S> {
  readonly name: string;
  readonly help: string;
  readonly text: (scores: S) => string;
}

interface FiguresTableProps<S> {
  readonly rows: readonly FigureRow<S>[];
  readonly cv: S | null;
  readonly train: S | null;
  readonly test: S | null;
}

/** Three columns that answer different questions, each under its own heading. */
export function FiguresTable<S>({ rows, cv, train, test }: FiguresTableProps<S>) {
  const columns: [string, S | null][] = [
    [t('results.score.cv'), cv],
    [t('results.score.training'), train],
    [t('results.score.test'), test],
  ];
  return (
    <Table size="small" sx={{ maxWidth: 560 }} data-testid="figures">
      <TableHead>
        <TableRow>
          <TableCell />
          {columns.map(([title]) => (
            <TableCell key={title} align="right">
              {title}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ name, help, text }) => (
          <TableRow key={name}>
            <TableCell component="th" scope="row" title={help}>
              {name}
            </TableCell>
            {columns.map(([title, scores]) => (
              <TableCell key={title} align="right" className="num">
                {scores ? text(scores) : '–'}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
