// What is known of the selected object, and what can be changed of it.

import { Button, Select, Switch, Text, Textarea } from '@mantine/core';
import type { AnnotationObject } from '@migaki/annotator';
import { IconCheck, IconX } from '@tabler/icons-react';
import { memo, useDeferredValue, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { sameItems, useDispatch, useEditor } from '../session/EditorContext.tsx';
import { AttributeEditor } from './AttributeEditor.tsx';
import { KeypointList } from './KeypointList.tsx';
import { ObjectFacts } from './ObjectFacts.tsx';
import { ObjectHistory } from './ObjectHistory.tsx';
import { ReviewMark } from './ReviewMark.tsx';
import type { PanelState } from './use-panel.ts';
import { useWantedFocus } from './use-wanted-focus.ts';

export function ObjectPanel({ panel }: { panel: PanelState }) {
  const selection = useEditor((state) => state.selection, sameItems);
  const objects = useEditor(({ document }) => document.objects);
  const selected = useMemo(
    () => selection.flatMap((id) => objects.get(id) ?? []),
    [selection, objects],
  );
  // Drawing goes before what is said of what was drawn.
  return <Details panel={panel} selected={useDeferredValue(selected)} />;
}

const Details = memo(function Details({
  panel,
  selected,
}: {
  panel: PanelState;
  selected: readonly AnnotationObject[];
}) {
  const { t } = useTranslation();
  if (selected.length === 0) return null;
  const [first] = selected;
  return (
    <section className="annotate-object-panel" aria-label={t('annotate.panel.selectedObject')}>
      {selected.length > 1 && (
        <Text size="sm" fw={600}>
          {t('annotate.panel.selected', { count: selected.length })}
        </Text>
      )}
      <CategorySelect panel={panel} objects={selected} />
      <ProposalButtons objects={selected} />
      {selected.length === 1 && (
        <div key={first.id} className="annotate-object-details">
          {first.caption !== null && <CaptionEditor object={first} />}
          <ObjectFacts object={first} />
          <ReviewMark object={first} />
          <CrowdSwitch object={first} />
          <KeypointList object={first} />
          <AttributeEditor object={first} />
          <ObjectHistory object={first} />
        </div>
      )}
    </section>
  );
});

function CategorySelect({
  panel,
  objects,
}: {
  panel: PanelState;
  objects: readonly AnnotationObject[];
}) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const input = useRef<HTMLInputElement>(null);
  const categories = useEditor(({ document }) => document.categories);
  useWantedFocus(panel.wanted, 'object', input);
  const ofCategory = objects.filter(({ caption }) => caption === null);
  if (ofCategory.length === 0) return null;
  const [{ categoryId }] = ofCategory;
  const isShared = ofCategory.every((object) => object.categoryId === categoryId);
  const isKnown = categories.some(({ id }) => id === categoryId);
  return (
    <Select
      ref={input}
      size="xs"
      searchable
      aria-label={t('annotate.panel.category')}
      placeholder={t(
        isShared && !isKnown ? 'annotate.panel.unknownCategory' : 'annotate.panel.category',
      )}
      data={categories.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={isShared && isKnown ? String(categoryId) : null}
      allowDeselect={false}
      error={isShared && !isKnown && categoryId !== null}
      onChange={(value) =>
        value !== null &&
        dispatch({
          type: 'set-fields',
          ids: ofCategory.map(({ id }) => id),
          fields: { categoryId: Number(value) },
          label: 'category',
        })
      }
    />
  );
}

function ProposalButtons({ objects }: { objects: readonly AnnotationObject[] }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  if (objects.every(({ state }) => state === 'accepted')) return null;
  const isRejected = objects.every(({ state }) => state === 'rejected');
  return (
    <Button.Group>
      <Button
        fullWidth
        size="xs"
        variant="light"
        color="teal"
        leftSection={<IconCheck size={14} />}
        onClick={() => dispatch({ type: 'command', name: 'edit.accept' })}
      >
        {t('annotate.panel.accept')}
      </Button>
      {!isRejected && (
        <Button
          fullWidth
          size="xs"
          variant="light"
          color="red"
          leftSection={<IconX size={14} />}
          onClick={() => dispatch({ type: 'command', name: 'edit.reject' })}
        >
          {t('annotate.panel.reject')}
        </Button>
      )}
    </Button.Group>
  );
}

function CrowdSwitch({ object }: { object: AnnotationObject }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  if (object.segmentation === null && object.bbox === null) return null;
  return (
    <Switch
      size="xs"
      label={t('annotate.panel.crowd')}
      checked={object.isCrowd}
      onChange={() => dispatch({ type: 'command', name: 'shape.crowd' })}
    />
  );
}

function CaptionEditor({ object }: { object: AnnotationObject }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  return (
    <Textarea
      size="xs"
      autosize
      key={object.caption}
      aria-label={t('annotate.panel.caption')}
      defaultValue={object.caption ?? ''}
      onBlur={({ currentTarget }) => {
        const caption = currentTarget.value.trim();
        if (caption === '' || caption === object.caption) return;
        dispatch({ type: 'set-fields', ids: [object.id], fields: { caption }, label: 'caption' });
      }}
    />
  );
}
