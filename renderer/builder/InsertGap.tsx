import { mdiPlus } from '@mdi/js';
import { useDroppable } from '@dnd-kit/core';
import { Box } from '@mui/material';
import type { DocPath } from '#core/pipeline/located.ts';
import { useTree } from '#renderer/builder/treeContext.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

interface InsertGapProps {
  /** Where the list stands. */
  readonly list: DocPath;
  /** The index that a step inserted here will have. */
  readonly index: number;
  /** Of the card below: "2", or "3-0-1" in a lane. */
  readonly id: string;
  readonly compact?: boolean;
}

/**
 * The space above a card: steps are dropped here, and + opens the palette. Not a tab stop, since + on the card before
 * does the same.
 */
export function InsertGap({ list, index, id, compact = false }: InsertGapProps) {
  const { edits } = useTree();
  const { setNodeRef, isOver, active } = useDroppable({ id: `gap-${id}`, data: { list, gap: index } });
  return (
    <Box
      ref={setNodeRef}
      sx={{ position: 'relative', height: compact ? 12 : 14, '&:hover button, & button:focus-visible': { opacity: 1 } }}
    >
      {active && (
        <Box
          sx={{
            position: 'absolute',
            left: 0,
            right: 0,
            top: 5,
            height: 4,
            borderRadius: 2,
            bgcolor: isOver ? 'primary.main' : 'divider',
          }}
        />
      )}
      <Box
        component="button"
        type="button"
        tabIndex={-1}
        aria-label={t('builder.action.insertAt', { index: index + 1 })}
        title={t('builder.action.insertHere')}
        onClick={(event) => {
          event.stopPropagation();
          edits.onInsert(list, index, event.currentTarget);
        }}
        data-testid={`insert-${id}`}
        sx={{
          position: 'absolute',
          left: '50%',
          top: -5,
          width: 24,
          height: 24,
          ml: '-12px',
          p: 0,
          display: 'grid',
          placeItems: 'center',
          zIndex: 1,
          opacity: 0,
          border: 1,
          borderColor: 'primary.main',
          borderRadius: '50%',
          bgcolor: 'background.paper',
          color: 'primary.main',
          cursor: 'pointer',
        }}
      >
        <Icon path={mdiPlus} size={16} />
      </Box>
    </Box>
  );
}
