import { Box, Tab, Tabs } from '@mui/material';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { t } from '#renderer/locales/t.ts';

type ModelTab = 'parameters' | 'finetune';

interface ModelTabsProps {
  /** The document has finetuning for this model: its tab opens first. */
  readonly searched: boolean;
  readonly children: (tab: ModelTab) => ReactNode;
}

/** A model's two faces: the parameters that it has, and the search for better ones. */
export function ModelTabs({ searched, children }: ModelTabsProps) {
  const [tab, setTab] = useState<ModelTab>(searched ? 'finetune' : 'parameters');
  const id = useId();
  return (
    <Box>
      <Tabs
        value={tab}
        onChange={(_, next: ModelTab) => setTab(next)}
        aria-label={t('builder.finetune.tabs')}
        sx={{ minHeight: 32, mb: 1, '& .MuiTab-root': { minHeight: 32, py: 0.5 } }}
      >
        <Tab
          value="parameters"
          label={t('builder.finetune.parameters')}
          id={`${id}-parameters`}
          data-testid="tab-parameters"
        />
        <Tab
          value="finetune"
          label={t(searched ? 'builder.finetune.tabOn' : 'builder.finetune.tab')}
          id={`${id}-finetune`}
          data-testid="tab-finetune"
        />
      </Tabs>
      <Box role="tabpanel" aria-labelledby={`${id}-${tab}`}>
        {children(tab)}
      </Box>
    </Box>
  );
}
