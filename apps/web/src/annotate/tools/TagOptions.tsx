// What the whole picture shows, as chips to be turned on and off.

import { Chip, Group } from '@mantine/core';
import { useMemo } from 'react';
import { pictureTags } from '../panel/picture-labels.ts';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';

/** More than the number keys reach are chosen in the panel. */
const most = 9;

export function TagOptions() {
  const dispatch = useDispatch();
  const document = useEditor((state) => state.document);
  const tags = useMemo(() => pictureTags(document), [document]);
  return (
    <Group gap={4}>
      {document.categories.slice(0, most).map(({ id, name }, index) => (
        <Chip
          key={id}
          size="xs"
          checked={tags.includes(id)}
          onChange={() => dispatch({ type: 'choose-category', categoryId: id })}
        >
          {`${index + 1} ${name}`}
        </Chip>
      ))}
    </Group>
  );
}
