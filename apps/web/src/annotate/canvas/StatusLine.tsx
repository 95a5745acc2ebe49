// Where the pointer is, and how large all is: small print under the picture.

import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useEditor, useSession } from '../session/EditorContext.tsx';

/** Nobody reads faster; told with every move, it would cost a stroke more than the stroke itself. */
const placeMillis = 100;

export function StatusLine() {
  const { t } = useTranslation();
  const format = useFormat();
  const { width, height } = useEditor(({ document }) => document.picture);
  const count = useEditor(({ document }) => document.objects.size);
  const selected = useEditor(({ selection }) => selection.length);
  return (
    <div className="annotate-status-line">
      <Place />
      <span>
        {width} × {height}
      </span>
      <span>
        {selected > 1
          ? t('annotate.panel.selected', { count: selected })
          : t('counts.objects', { count, shown: format.count(count) })}
      </span>
    </div>
  );
}

function Place() {
  const { store } = useSession();
  const [place, setPlace] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const { pointer } = store.get();
      setPlace(pointer === null ? '' : `${Math.floor(pointer.x)}, ${Math.floor(pointer.y)}`);
    };
    const endFollowing = store.subscribe(() => {
      timer ??= setTimeout(tell, placeMillis);
    });
    return () => {
      endFollowing();
      clearTimeout(timer);
    };
  }, [store]);
  return <span>{place}</span>;
}
