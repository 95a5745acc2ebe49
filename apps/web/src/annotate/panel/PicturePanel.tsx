// What is said of the whole picture: categories, captions, tags, comments; how far it is; what its file says.

import { ActionIcon, MultiSelect, Text, TextInput, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TagEditor } from '../../dataset/detail/TagEditor.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Fold } from '../../shell/Fold.tsx';
import { Comments } from '../comments/Comments.tsx';
import { useDispatch, useEditor, useSession } from '../session/EditorContext.tsx';
import { useValue } from '../session/value.ts';
import { PictureFacts } from './PictureFacts.tsx';
import { PictureReview } from './PictureReview.tsx';
import { pictureCaptions, pictureTags } from './picture-labels.ts';
import { RemovedObjects } from './RemovedObjects.tsx';
import type { PanelState } from './use-panel.ts';
import { useWantedFocus } from './use-wanted-focus.ts';

export function PicturePanel({ panel }: { panel: PanelState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { datasetId, image, situation } = useSession();
  const { tags } = useValue(situation);
  const millis = useEditor(({ workTime }) => Math.floor(workTime.pictureMillis / 1000) * 1000);
  return (
    <section className="annotate-picture-panel" aria-label={t('annotate.panel.tabs.picture')}>
      <PictureReview />
      <PictureCategories panel={panel} />
      <div>
        <h3>{t('annotate.panel.captions')}</h3>
        <Captions />
      </div>
      <div>
        <h3>{t('annotate.panel.tags')}</h3>
        <TagEditor datasetId={datasetId} imageId={image.id} tags={tags} />
      </div>
      <Comments panel={panel} />
      <div>
        <h3>{t('annotate.panel.workTime')}</h3>
        <Text size="sm">{`${t('annotate.panel.workTimeHere')}: ${format.duration(millis / 1000)}`}</Text>
      </div>
      <Fold title={t('annotate.history.deleted')}>{() => <RemovedObjects />}</Fold>
      <Fold title={t('annotate.panel.metadata')} isOpenAtFirst>
        {() => <PictureFacts image={image} />}
      </Fold>
    </section>
  );
}

function PictureCategories({ panel }: { panel: PanelState }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const input = useRef<HTMLInputElement>(null);
  const document = useEditor((state) => state.document);
  const tags = useMemo(() => pictureTags(document).map(String), [document]);
  useWantedFocus(panel.wanted, 'picture', input);
  return (
    <div>
      <h3>{t('annotate.panel.pictureCategories')}</h3>
      <MultiSelect
        ref={input}
        size="xs"
        searchable
        hidePickedOptions
        aria-label={t('annotate.panel.pictureCategories')}
        data={document.categories.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={tags}
        onChange={(next) => {
          const toggled =
            next.find((id) => !tags.includes(id)) ?? tags.find((id) => !next.includes(id));
          if (toggled !== undefined) {
            dispatch({ type: 'toggle-tag', categoryId: Number(toggled) });
          }
        }}
      />
    </div>
  );
}

function Captions() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const document = useEditor((state) => state.document);
  const captions = useMemo(() => pictureCaptions(document), [document]);
  const [text, setText] = useState('');
  return (
    <div className="annotate-captions">
      {captions.map(({ id, caption }) => (
        <div key={id} className="annotate-caption">
          <TextInput
            size="xs"
            key={caption}
            aria-label={t('annotate.panel.caption')}
            defaultValue={caption ?? ''}
            onBlur={({ currentTarget }) => {
              const changed = currentTarget.value.trim();
              if (changed === '' || changed === caption) return;
              dispatch({
                type: 'set-fields',
                ids: [id],
                fields: { caption: changed },
                label: 'caption',
              });
            }}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
          <Tooltip label={t('annotate.panel.removeCaption')}>
            <ActionIcon
              size="sm"
              aria-label={t('annotate.panel.removeCaption')}
              onClick={() => dispatch({ type: 'delete', ids: [id] })}
            >
              <IconX size={12} />
            </ActionIcon>
          </Tooltip>
        </div>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === '') return;
          dispatch({ type: 'add-caption', caption: text });
          setText('');
        }}
      >
        <TextInput
          size="xs"
          value={text}
          aria-label={t('annotate.panel.addCaption')}
          placeholder={t('annotate.panel.addCaption')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      </form>
    </div>
  );
}
