import { mdiPlus } from '@mdi/js';
import { Box, Button, Divider } from '@mui/material';
import { useState } from 'react';
import { AlternativesList } from '#renderer/builder/AlternativesList.tsx';
import { FinetunePanel } from '#renderer/builder/FinetunePanel.tsx';
import { isRecord } from '#renderer/builder/finetune.ts';
import { LanesView } from '#renderer/builder/LanesView.tsx';
import { MergeFields } from '#renderer/builder/MergeFields.tsx';
import { ModifierFields } from '#renderer/builder/ModifierFields.tsx';
import { settingFields } from '#renderer/builder/settingFields.ts';
import { SettingRows } from '#renderer/builder/SettingRows.tsx';
import { StepForm } from '#renderer/builder/StepForm.tsx';
import { StepText } from '#renderer/builder/StepText.tsx';
import { ModelTabs } from '#renderer/builder/ModelTabs.tsx';
import type { StepView } from '#renderer/builder/stepView.ts';
import { useTree } from '#renderer/builder/treeContext.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

/** What an open card shows: forms, alternatives, lanes, or the text that stands in the document. */
export function OpenCard({ step }: { readonly step: StepView }) {
  const { edits, metadata } = useTree();
  const { body, settings } = step;
  if (body.kind === 'operator' && step.role === 'model' && body.operator.descriptor !== null)
    return (
      <ModelTabs searched={isRecord(settings['finetune_params'])}>
        {(tab) =>
          tab === 'parameters' || body.operator.descriptor === null ? (
            <StepForm operator={body.operator} onParameter={edits.onParameter} />
          ) : (
            <FinetunePanel
              descriptor={body.operator.descriptor}
              value={isRecord(settings['finetune_params']) ? settings['finetune_params'] : null}
              onChange={(value) => edits.onSetting(step, 'finetune_params', value)}
            />
          )
        }
      </ModelTabs>
    );
  const fields = settingFields(step, metadata);
  return (
    <>
      <Body step={step} />
      {fields.length > 0 && (
        <>
          {body.kind !== 'other' && <Divider sx={{ my: 1 }} />}
          <SettingRows
            fields={fields}
            values={settings}
            label={t('builder.setting.of', { step: step.title })}
            onChange={(name, value) => edits.onSetting(step, name, value)}
          />
        </>
      )}
    </>
  );
}

function Body({ step }: { readonly step: StepView }) {
  const { edits, selected } = useTree();
  const { body } = step;
  const part = (anchor: HTMLElement): void => edits.onAction(step, 'part', anchor);
  switch (body.kind) {
    case 'operator':
      return (
        <>
          <StepForm operator={body.operator} onParameter={edits.onParameter} />
          {(step.partsPath !== null || step.role === 'filter' || step.role === 'augmentation') && (
            <AddPart onAdd={part} />
          )}
        </>
      );
    case 'alternatives':
      return (
        <>
          <AlternativesList
            step={step.title}
            options={body.options}
            selected={selected}
            onSelect={edits.onSelect}
            onRemove={(option) => edits.onRemoveOption(step, option)}
            onAdd={(anchor) => edits.onAction(step, 'alternative', anchor)}
            onParameter={edits.onParameter}
          />
          <Combination
            modifiers={body.modifiers}
            options={body.options.length}
            onChange={(name, value) => edits.onModifier(step, name, value)}
          />
        </>
      );
    case 'parts':
      return (
        <AlternativesList
          step={step.title}
          numbered
          options={body.parts}
          names={body.names}
          selected={selected}
          onSelect={edits.onSelect}
          onRemove={(at) => edits.onRemovePart(step, at)}
          {...(body.names === null ? { onMoveUp: (at: number) => edits.onMovePart(step, at) } : {})}
          onAdd={part}
          onParameter={edits.onParameter}
        />
      );
    case 'branch':
      return null; // its lanes are always there
    case 'deep':
      return <LanesView lanes={body.lanes} />;
    case 'merge':
      return <MergeFields step={step} form={body.merge} />;
    case 'other':
      return (
        <StepText
          key={step.path.join()}
          text={body.text}
          label={t('builder.stepText.label', { step: step.title })}
          onChange={(text) => edits.onText(step, text)}
        />
      );
  }
}

const AddPart = ({ onAdd }: { readonly onAdd: (anchor: HTMLElement) => void }) => (
  <Button
    startIcon={<Icon path={mdiPlus} />}
    onClick={(event) => {
      event.stopPropagation();
      onAdd(event.currentTarget);
    }}
    data-testid="add-part"
  >
    {t('builder.action.addPart')}
  </Button>
);

/** Combining alternatives is rare, so its fields stay out of sight until they are used or asked for. */
function Combination({ modifiers, options, onChange }: Parameters<typeof ModifierFields>[0]) {
  const [asked, setAsked] = useState(false);
  if (asked || Object.keys(modifiers).length > 0)
    return <ModifierFields modifiers={modifiers} options={options} onChange={onChange} />;
  return (
    <Box sx={{ display: 'inline' }}>
      <Button
        onClick={(event) => {
          event.stopPropagation();
          setAsked(true);
        }}
        data-testid="combine"
      >
        {t('builder.modifier.combine')}
      </Button>
    </Box>
  );
}
