import { mdiArrowUp, mdiClose, mdiPlus } from '@mdi/js';
import { Box, Button, IconButton, Typography } from '@mui/material';
import { letterOf } from '#renderer/builder/letterOf.ts';
import { parameterWords } from '#renderer/builder/parameterWords.ts';
import { StepForm } from '#renderer/builder/StepForm.tsx';
import { samePath } from '#renderer/builder/stepView.ts';
import type { OperatorView, OptionView } from '#renderer/builder/stepView.ts';
import { optionTitle } from '#renderer/builder/stepWords.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';
import type { DocPath } from '#core/pipeline/located.ts';

interface AlternativesListProps {
  readonly step: string;
  /** Parts of one step in order, instead of choices. */
  readonly numbered?: boolean;
  readonly names?: readonly string[] | null;
  readonly onMoveUp?: (option: number) => void;
  readonly options: readonly OptionView[];
  readonly selected: DocPath | null;
  readonly onSelect: (path: DocPath) => void;
  readonly onRemove: (option: number) => void;
  readonly onAdd: (anchor: HTMLElement) => void;
  readonly onParameter: (operator: OperatorView, name: string, raw: unknown) => void;
}

/**
 * The choices of one step, each tried with everything else, or its parts in order. The selected one shows its
 * parameters.
 */
export function AlternativesList(props: AlternativesListProps) {
  const { step, options, selected, onSelect, onRemove, onAdd, onParameter, numbered = false, names, onMoveUp } = props;
  const markOf = (k: number): string => (numbered ? String(k + 1) : letterOf(k));
  return (
    <Box>
      <Box
        component="ul"
        role="group"
        aria-label={t(numbered ? 'builder.card.parts' : 'builder.card.alternatives', { step })}
        sx={{ m: 0, p: 0, listStyle: 'none' }}
      >
        {options.map((option, k) => {
          const isSelected = samePath(option.path, selected);
          const title = names?.[k] ? `${names[k]}: ${optionTitle(option)}` : optionTitle(option);
          const words =
            option.kind === 'operator' ? parameterWords(option.operator.descriptor, option.operator.params) : '';
          return (
            <Box
              component="li"
              key={k}
              role="treeitem"
              aria-level={2}
              aria-posinset={k + 1}
              aria-setsize={options.length}
              aria-selected={isSelected}
              aria-label={t(numbered ? 'builder.card.part' : 'builder.card.option', { letter: markOf(k), title })}
              tabIndex={isSelected ? 0 : -1}
              data-tree-path={JSON.stringify(option.path)}
              data-testid={`option-${k}`}
              onClick={(event) => {
                event.stopPropagation();
                onSelect(option.path);
              }}
              sx={{
                borderRadius: 1,
                bgcolor: isSelected ? 'action.hover' : undefined,
                '&:hover': { bgcolor: 'action.hover' },
                mb: 0.25,
              }}
            >
              <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, pl: 1, minHeight: 32, cursor: 'pointer' }}>
                <Box
                  component="span"
                  sx={{
                    ...letter,
                    bgcolor: isSelected ? 'primary.main' : 'transparent',
                    color: isSelected ? 'primary.contrastText' : 'text.secondary',
                  }}
                >
                  {markOf(k)}
                </Box>
                <Typography
                  variant="body2"
                  noWrap
                  sx={{ flex: 1, minWidth: 0, fontStyle: option.kind === 'none' ? 'italic' : 'normal' }}
                >
                  {title}
                  {words && (
                    <Typography component="span" variant="caption" color="text.secondary">
                      {'  '}
                      {words}
                    </Typography>
                  )}
                </Typography>
                {onMoveUp && k > 0 && (
                  <IconButton
                    tabIndex={-1}
                    aria-label={t('builder.card.movePart', { title })}
                    onClick={(event) => {
                      event.stopPropagation();
                      onMoveUp(k);
                    }}
                    data-testid={`option-up-${k}`}
                  >
                    <Icon path={mdiArrowUp} size={16} />
                  </IconButton>
                )}
                <IconButton
                  tabIndex={-1}
                  aria-label={t(numbered ? 'builder.card.removePart' : 'builder.card.removeOption', { title })}
                  onClick={(event) => {
                    event.stopPropagation();
                    onRemove(k);
                  }}
                  data-testid={`option-remove-${k}`}
                >
                  <Icon path={mdiClose} size={16} />
                </IconButton>
              </Box>
              {isSelected && option.kind === 'operator' && (
                <Box sx={{ px: 1.5, pb: 1 }} onClick={(event) => event.stopPropagation()}>
                  <StepForm operator={option.operator} onParameter={onParameter} />
                </Box>
              )}
            </Box>
          );
        })}
      </Box>
      <Button
        startIcon={<Icon path={mdiPlus} />}
        onClick={(event) => {
          event.stopPropagation();
          onAdd(event.currentTarget);
        }}
        data-testid={numbered ? 'add-part' : 'add-alternative'}
      >
        {t(numbered ? 'builder.action.addPart' : 'builder.action.addAlternative')}
      </Button>
    </Box>
  );
}

const letter = {
  width: 20,
  height: 20,
  lineHeight: '20px',
  borderRadius: '50%',
  textAlign: 'center',
  fontSize: '0.6875rem',
  fontWeight: 650,
  border: 1,
  borderColor: 'divider',
  boxSizing: 'content-box',
} as const;
