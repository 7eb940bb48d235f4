import { mdiPlus } from '@mdi/js';
import { Box, Button, Divider } from '@mui/material';
import { useState } from 'react';
import type { DocPath } from '#core/pipeline/located.ts';
import { AlternativesList } from '#renderer/builder/AlternativesList.tsx';
import { FinetunePanel } from '#renderer/builder/FinetunePanel.tsx';
import { isRecord } from '#renderer/builder/finetune.ts';
import { LanesView } from '#renderer/builder/LanesView.tsx';
import { ModifierFields } from '#renderer/builder/ModifierFields.tsx';
import { settingFields } from '#renderer/builder/settingFields.ts';
import { SettingRows } from '#renderer/builder/SettingRows.tsx';
import { StepForm } from '#renderer/builder/StepForm.tsx';
import type { StepAction } from '#renderer/builder/StepMenu.tsx';
import { StepText } from '#renderer/builder/StepText.tsx';
import { ModelTabs } from '#renderer/builder/ModelTabs.tsx';
import type { OperatorView, StepView } from '#renderer/builder/stepView.ts';
import { Icon } from '#renderer/components/Icon.tsx';
import { t } from '#renderer/locales/t.ts';

/** What an open card can change, besides the list of steps. */
export interface StepEdits {
  readonly onParameter: (operator: OperatorView, name: string, raw: unknown) => void;
  readonly onRemoveOption: (index: number, option: number) => void;
  /** A key beside the step's keyword; `undefined` takes it out of the document. */
  readonly onSetting: (index: number, key: string, value: unknown) => void;
  readonly onModifier: (index: number, name: string, value: unknown) => void;
  readonly onRemovePart: (index: number, part: number) => void;
  readonly onMovePart: (index: number, part: number) => void;
  /** Replaces a step by typed text; a sentence when it cannot. */
  readonly onText: (path: DocPath, text: string) => string | null;
}

interface OpenCardProps extends StepEdits {
  readonly step: StepView;
  readonly index: number;
  readonly selected: DocPath | null;
  /** Columns of the data that can name groups. */
  readonly metadata: readonly string[];
  readonly onSelect: (path: DocPath) => void;
  readonly onAction: (index: number, action: StepAction, anchor: HTMLElement | null) => void;
}

/** What an open card shows: forms, alternatives, lanes, or the text that stands in the document. */
export function OpenCard(props: OpenCardProps) {
  const { step, index, metadata, onSetting, onParameter } = props;
  const { body, settings } = step;
  if (body.kind === 'operator' && step.role === 'model' && body.operator.descriptor !== null)
    return (
      <ModelTabs searched={isRecord(settings['finetune_params'])}>
        {(tab) =>
          tab === 'parameters' || body.operator.descriptor === null ? (
            <StepForm operator={body.operator} onParameter={onParameter} />
          ) : (
            <FinetunePanel
              descriptor={body.operator.descriptor}
              value={isRecord(settings['finetune_params']) ? settings['finetune_params'] : null}
              onChange={(value) => onSetting(index, 'finetune_params', value)}
            />
          )
        }
      </ModelTabs>
    );
  const fields = settingFields(step, metadata);
  return (
    <>
      <Body {...props} />
      {fields.length > 0 && (
        <>
          {body.kind !== 'other' && <Divider sx={{ my: 1 }} />}
          <SettingRows
            fields={fields}
            values={settings}
            label={t('builder.setting.of', { step: step.title })}
            onChange={(name, value) => onSetting(index, name, value)}
          />
        </>
      )}
    </>
  );
}

function Body(props: OpenCardProps) {
  const { step, index, selected, onSelect, onAction, onRemoveOption, onParameter, onText, onModifier } = props;
  const { body } = step;
  switch (body.kind) {
    case 'operator':
      return (
        <>
          <StepForm operator={body.operator} onParameter={onParameter} />
          {(step.partsPath !== null || step.role === 'filter' || step.role === 'augmentation') && (
            <AddPart onAdd={(anchor) => onAction(index, 'part', anchor)} />
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
            onSelect={onSelect}
            onRemove={(option) => onRemoveOption(index, option)}
            onAdd={(anchor) => onAction(index, 'alternative', anchor)}
            onParameter={onParameter}
          />
          <Combination
            modifiers={body.modifiers}
            options={body.options.length}
            onChange={(name, value) => onModifier(index, name, value)}
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
          onSelect={onSelect}
          onRemove={(part) => props.onRemovePart(index, part)}
          {...(body.names === null ? { onMoveUp: (part: number) => props.onMovePart(index, part) } : {})}
          onAdd={(anchor) => onAction(index, 'part', anchor)}
          onParameter={onParameter}
        />
      );
    case 'branch':
      return <LanesView lanes={body.lanes} />;
    case 'other':
      return (
        <StepText
          key={step.path.join()}
          text={body.text}
          label={t('builder.stepText.label', { step: step.title })}
          onChange={(text) => onText(step.path, text)}
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
