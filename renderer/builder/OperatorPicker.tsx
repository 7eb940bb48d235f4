import { mdiMagnify } from '@mdi/js';
import { Box, InputAdornment, TextField, Typography } from '@mui/material';
import { memo, useEffect, useId, useMemo, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import { GROUP_ORDER, searchPalette } from '#renderer/builder/paletteEntries.ts';
import type { PaletteEntry } from '#renderer/builder/paletteEntries.ts';
import { PaletteItem } from '#renderer/builder/PaletteItem.tsx';
import { Icon } from '#renderer/components/Icon.tsx';
import { Kbd } from '#renderer/components/Kbd.tsx';
import { t } from '#renderer/locales/t.ts';

interface OperatorPickerProps {
  readonly entries: readonly PaletteEntry[];
  readonly onPick: (entry: PaletteEntry) => void;
  /** In the palette a click only marks an item, since it may become a drag; in a menu it picks. */
  readonly pickOnClick?: boolean;
  readonly draggable?: boolean;
  readonly autoFocus?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly testId: string;
}

/**
 * Search, then pick. The search field keeps the focus: arrows move through what is found, Enter adds it, Escape clears
 * what was typed.
 */
export const OperatorPicker = memo(function OperatorPicker(props: OperatorPickerProps) {
  const { entries, onPick, pickOnClick = false, draggable = false, autoFocus = false, inputRef, testId } = props;
  const [query, setQuery] = useState('');
  const [active, setActive] = useState<string | null>(null);
  const id = useId();
  const found = useMemo(() => searchPalette(entries, query), [entries, query]);
  const searching = query.trim() !== '';
  const current = found.find(({ key }) => key === active) ?? (searching ? found[0] : undefined);

  useEffect(() => {
    if (current) document.getElementById(`${id}-${current.key}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, current]);

  const move = (by: number): void => {
    const at = found.findIndex(({ key }) => key === current?.key);
    const next = found[at < 0 ? (by > 0 ? 0 : found.length - 1) : (at + by + found.length) % found.length];
    if (next) setActive(next.key);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && current) {
      onPick(current);
      setQuery(''); // ready for the next step
    } else if (event.key === 'Escape' && query !== '') setQuery('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const item = (entry: PaletteEntry) => (
    <PaletteItem
      key={entry.key}
      id={`${id}-${entry.key}`}
      entry={entry}
      active={entry === current}
      draggable={draggable}
      showGroup={searching}
      onClick={() => (pickOnClick ? onPick(entry) : setActive(entry.key))}
      onDoubleClick={() => {
        if (!pickOnClick) onPick(entry);
      }}
    />
  );

  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 }} data-testid={testId}>
      <TextField
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(null);
        }}
        onKeyDown={onKeyDown}
        placeholder={t('builder.palette.search')}
        autoFocus={autoFocus}
        {...(inputRef ? { inputRef } : {})}
        slotProps={{
          input: {
            startAdornment: (
              <InputAdornment position="start">
                <Icon path={mdiMagnify} />
              </InputAdornment>
            ),
            endAdornment: draggable && <Kbd keys="/" />,
          },
          htmlInput: {
            role: 'combobox',
            'aria-label': t('builder.palette.search'),
            'aria-expanded': true,
            'aria-controls': `${id}-list`,
            'aria-activedescendant': current ? `${id}-${current.key}` : undefined,
            'data-testid': `${testId}-search`,
          },
        }}
        sx={{ m: 1 }}
      />
      <Box
        id={`${id}-list`}
        role="listbox"
        aria-label={t('builder.palette.label')}
        tabIndex={-1}
        sx={{ overflow: 'auto', flex: 1, minHeight: 0, pb: 1 }}
      >
        {searching && found.map(item)}
        {!searching &&
          GROUP_ORDER.filter((group) => found.some((entry) => entry.group === group)).map((group) => (
            <Box key={group} role="group" aria-label={t(`builder.group.${group}`)}>
              <Typography variant="overline" component="div" color="text.secondary" sx={{ px: 1.5, pt: 1 }} aria-hidden>
                {t(`builder.group.${group}`)}
              </Typography>
              {found.filter((entry) => entry.group === group).map(item)}
            </Box>
          ))}
        {found.length === 0 && (
          <Typography variant="body2" color="text.secondary" sx={{ px: 1.5, py: 1 }}>
            {t('builder.palette.nothing', { query: query.trim() })}
          </Typography>
        )}
      </Box>
    </Box>
  );
});
