import { ToggleButton, ToggleButtonGroup } from '@mui/material';
import { t } from '#renderer/locales/t.ts';
import type { PartitionToggle } from '#renderer/views/results/resultsState.ts';

interface PartitionChoiceProps {
  readonly value: PartitionToggle;
  readonly onChange: (value: PartitionToggle) => void;
}

/** Held-out, training or test samples: one at a time. */
export function PartitionChoice({ value, onChange }: PartitionChoiceProps) {
  return (
    <ToggleButtonGroup
      exclusive
      value={value}
      aria-label={t('results.show')}
      onChange={(_, next: PartitionToggle | null) => {
        onChange(next ?? value);
      }}
    >
      {(['cv', 'train', 'test'] as const).map((kind) => (
        <ToggleButton key={kind} value={kind}>
          {t(`results.show.${kind}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
