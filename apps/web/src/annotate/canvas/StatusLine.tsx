// Where the pointer is, and how large all is: small print under the picture.

import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useEditor } from '../session/EditorContext.tsx';

export function StatusLine() {
  const { t } = useTranslation();
  const format = useFormat();
  const { width, height } = useEditor(({ document }) => document.picture);
  const place = useEditor(({ pointer }) =>
    pointer === null ? '' : `${Math.floor(pointer.x)}, ${Math.floor(pointer.y)}`,
  );
  const count = useEditor(({ document }) => document.objects.size);
  const selected = useEditor(({ selection }) => selection.length);
  return (
    <div className="annotate-status-line">
      <span>{place}</span>
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
