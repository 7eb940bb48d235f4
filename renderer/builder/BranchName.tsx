import { Box } from '@mui/material';
import { Fragment } from 'react';
import { LaneBadge } from '#renderer/builder/LaneBadge.tsx';

interface BranchNameProps {
  /** Names of the lanes, from the outside. */
  readonly path: readonly string[];
  /** Their letters; see `branchLetters`. */
  readonly letters: readonly string[];
  /** Without the names, which a tooltip tells then. */
  readonly short?: boolean;
}

/** The lanes that hold a model: letter and colour as in the builder, and the name where it says more than the letter. */
export function BranchName({ path, letters, short = false }: BranchNameProps) {
  const text = path.join(' › ');
  return (
    <Box
      component="span"
      title={short ? text : undefined}
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5, minWidth: 0, flexShrink: short ? 0 : 1 }}
    >
      {path.map((name, k) => {
        const letter = letters[k] ?? name;
        return (
          <Fragment key={k}>
            {k > 0 && (
              <Box component="span" aria-hidden sx={{ color: 'text.secondary' }}>
                ›
              </Box>
            )}
            <LaneBadge letter={letter} />
            {!short && name !== letter && (
              <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
                {name}
              </Box>
            )}
          </Fragment>
        );
      })}
      {/* The badges are drawings: readers get the names. */}
      <Box component="span" sx={hidden}>
        {short ? text : path.filter((name, k) => name === letters[k]).join(' › ')}
      </Box>
    </Box>
  );
}

const hidden = { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' };
