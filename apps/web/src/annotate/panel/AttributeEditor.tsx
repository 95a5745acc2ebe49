// The attributes of an object: names and values that say more of it than its category does.

import { ActionIcon, Autocomplete, TextInput } from '@mantine/core';
import { type AnnotationObject, rotatedBoxOf } from '@migaki/annotator';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useSession } from '../session/EditorContext.tsx';
import { textOfValue, valueOfText } from './attribute-value.ts';

export function AttributeEditor({ object }: { object: AnnotationObject }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const { store } = useSession();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const { attributes } = object;
  // The turn of a box is changed by its handle.
  const isTurned = rotatedBoxOf(object) !== null;
  const shown = Object.entries(attributes).filter(([key]) => !(isTurned && key === 'rotation'));
  /** Looked for when somebody is about to type. */
  const [usual, setUsual] = useState<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
  const lookUp = () => setUsual(namesAndValues(store.get().document.objects.values()));
  const set = (next: Record<string, unknown>) =>
    dispatch({
      type: 'set-fields',
      ids: [object.id],
      fields: { attributes: next },
      label: 'attributes',
    });
  const add = () => {
    if (name.trim() === '') return;
    // A mere name says yes.
    set({ ...attributes, [name.trim()]: value.trim() === '' ? true : valueOfText(value) });
    setName('');
    setValue('');
  };
  return (
    <div>
      <h3>{t('annotate.panel.attributes')}</h3>
      <div className="annotate-attributes">
        {shown.map(([key, current]) => (
          <div key={key} className="annotate-attribute">
            <span className="annotate-attribute-name" title={key}>
              {key}
            </span>
            <TextInput
              size="xs"
              aria-label={key}
              key={textOfValue(current)}
              defaultValue={textOfValue(current)}
              onBlur={({ currentTarget }) => {
                const typed = valueOfText(currentTarget.value);
                if (JSON.stringify(typed) !== JSON.stringify(current)) {
                  set({ ...attributes, [key]: typed });
                }
              }}
              onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
            />
            <ActionIcon
              size="sm"
              aria-label={t('annotate.panel.removeAttribute', { name: key })}
              onClick={() => {
                const { [key]: _, ...rest } = attributes;
                set(rest);
              }}
            >
              <IconX size={12} />
            </ActionIcon>
          </div>
        ))}
        <form
          className="annotate-attribute"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <Autocomplete
            size="xs"
            aria-label={t('annotate.panel.attributeName')}
            placeholder={t('annotate.panel.attributeName')}
            data={[...usual.keys()].filter((key) => !Object.hasOwn(attributes, key))}
            value={name}
            onFocus={lookUp}
            onChange={setName}
          />
          <Autocomplete
            size="xs"
            aria-label={t('annotate.panel.attributeValue')}
            placeholder={t('annotate.panel.attributeValue')}
            data={[...(usual.get(name.trim()) ?? [])]}
            value={value}
            onChange={setValue}
          />
          <ActionIcon type="submit" size="sm" aria-label={t('annotate.panel.addAttribute')}>
            <IconPlus size={14} />
          </ActionIcon>
        </form>
      </div>
    </div>
  );
}

/** What other objects of the picture have: most attributes are the same few again and again. */
function namesAndValues(objects: Iterable<AnnotationObject>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { attributes } of objects) {
    for (const [name, value] of Object.entries(attributes)) {
      const values = found.get(name) ?? new Set();
      if (values.size < 30) values.add(textOfValue(value));
      found.set(name, values);
    }
  }
  return found;
}
