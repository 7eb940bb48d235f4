import { mdiExportVariant } from '@mdi/js';
import { useDraggable } from '@dnd-kit/core';
import { Box, Tooltip } from '@mui/material';
import { operatorIcon } from '#renderer/builder/operatorIcon.ts';
import { shortOperatorName } from '#renderer/builder/operatorName.ts';
import { OperatorHelp } from '#renderer/builder/OperatorHelp.tsx';
import type { PaletteEntry } from '#renderer/builder/paletteEntries.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

interface PaletteItemProps {
  readonly id: string;
  readonly entry: PaletteEntry;
  readonly active: boolean;
  readonly draggable: boolean;
  /** While searching there are no headings, so each item says where it belongs. */
  readonly showGroup?: boolean;
  readonly onClick: () => void;
  readonly onDoubleClick: () => void;
}

/** One operator in a list to choose from; its help stands beside it. */
export function PaletteItem({
  id,
  entry,
  active,
  draggable,
  showGroup = false,
  onClick,
  onDoubleClick,
}: PaletteItemProps) {
  const { setNodeRef, listeners, isDragging } = useDraggable({ id, data: { entry }, disabled: !draggable });
  const short = shortOperatorName(entry.operator);
  return (
    <Tooltip title={<OperatorHelp operator={entry.operator} />} placement="right" enterDelay={600}>
      <Box
        id={id}
        ref={setNodeRef}
        {...(draggable ? listeners : {})}
        role="option"
        aria-selected={active}
        tabIndex={-1}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        data-testid={`palette-${entry.key}`}
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1,
          minHeight: 28,
          px: 1.5,
          mx: 0.5,
          borderRadius: 1,
          cursor: draggable ? 'grab' : 'pointer',
          fontSize: '0.8125rem',
          opacity: isDragging ? 0.5 : 1,
          bgcolor: active ? 'action.selected' : undefined,
          '&:hover': { bgcolor: active ? 'action.selected' : 'action.hover' },
        }}
      >
        <Icon path={operatorIcon(entry.group)} size={16} />
        <Box sx={{ minWidth: 0, py: showGroup ? 0.5 : 0 }}>
          <Box sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{entry.operator.title}</Box>
          {showGroup && (
            <Box sx={{ fontSize: '0.6875rem', lineHeight: 1.2, color: 'text.secondary', whiteSpace: 'nowrap' }}>
              {t(`builder.group.${entry.group}`)}
            </Box>
          )}
        </Box>
        {entry.operator.noOnnx !== null && (
          <Box
            component="span"
            title={t('builder.palette.noOnnx', { why: entry.operator.noOnnx })}
            aria-label={t('builder.palette.noOnnxShort')}
            role="img"
            sx={{ ml: 'auto', display: 'flex', color: 'text.disabled' }}
          >
            <Icon path={mdiExportVariant} size={12} />
          </Box>
        )}
        {short !== entry.operator.title && (
          <Box
            component="span"
            className="num"
            sx={{ ml: entry.operator.noOnnx === null ? 'auto' : 0, fontSize: '0.6875rem', color: 'text.secondary' }}
          >
            {short}
          </Box>
        )}
      </Box>
    </Tooltip>
  );
}
