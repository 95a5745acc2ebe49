import { type AnnotationObject, annotationIdOf } from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { FactList } from '../../shell/FactList.tsx';
import { useEditor } from '../session/EditorContext.tsx';
import { useShapeText } from './use-shape-text.ts';

/** What is known of an object and cannot be typed in. */
export function ObjectFacts({ object }: { object: AnnotationObject }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shapeText = useShapeText();
  const { id, bbox, area, score, origin } = object;
  const annotationId = useEditor(({ sync }) => annotationIdOf(sync.identities, id));
  const millis = useEditor(({ workTime }) => workTime.objectMillis.get(id) ?? 0);
  const facts: [name: string, value: string][] = [
    [t('detail.id'), annotationId === undefined ? t('annotate.panel.unsaved') : `#${annotationId}`],
    [t('annotate.panel.shape'), shapeText(object)],
  ];
  if (bbox !== null) {
    const tenths = bbox.map((value) => Math.round(value * 10) / 10);
    const digits = tenths.every(Number.isInteger) ? 0 : 1;
    const [x, y, width, height] = tenths.map((value) => value.toFixed(digits));
    facts.push([t('annotate.panel.box'), `${x}, ${y} · ${width} × ${height}`]);
  }
  if (area !== null) {
    facts.push([
      t('annotate.panel.area'),
      t('annotate.panel.squarePixels', { shown: format.count(Math.round(area)) }),
    ]);
  }
  if (score !== null) facts.push([t('annotate.panel.score'), score.toFixed(3)]);
  const whose = origin === 'human' || origin === 'import' ? t(`origins.${origin}`) : origin;
  facts.push([t('annotate.panel.origin'), whose]);
  if (millis >= 1000) facts.push([t('annotate.panel.workTimeOf'), format.duration(millis / 1000)]);
  return <FactList className="facts selectable" facts={facts} />;
}
