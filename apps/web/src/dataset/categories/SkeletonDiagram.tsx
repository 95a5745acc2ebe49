// A skeleton as it usually looks. Points are dragged or pushed with arrows; between two of them an edge is drawn or
// taken away. Pairs of left and right are told by a dashed line while one of them is chosen.

import { Group, SegmentedControl, Text } from '@mantine/core';
import { keypointSides, textOn } from '@migaki/annotator';
import { IconArrowsMove, IconTimeline } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sideColor } from '../overlay/draw-pose.ts';
import {
  changePoint,
  fieldsOf,
  type KeypointDefinition,
  toggleEdge,
} from './keypoint-definition.ts';

/** Units of the drawing; the box of the object has a margin around it. */
const side = 300;
const margin = 22;
const radius = 8;
const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface SkeletonDiagramProps {
  definition: KeypointDefinition;
  color: string;
  selected: string | null;
  onSelect: (key: string) => void;
  onChange: (definition: KeypointDefinition) => void;
}

export function SkeletonDiagram(props: SkeletonDiagramProps) {
  const { definition, color, selected, onSelect, onChange } = props;
  const { t } = useTranslation();
  const svg = useRef<SVGSVGElement>(null);
  const [tool, setTool] = useState<'move' | 'connect'>('move');
  /** Where an edge begins. */
  const [start, setStart] = useState<string | null>(null);
  const { points, edges } = definition;
  const byKey = new Map(points.map((point) => [point.key, point]));
  const at = (key: string) => {
    const [x, y] = byKey.get(key)!.position;
    return [margin + x * (side - 2 * margin), margin + y * (side - 2 * margin)] as const;
  };
  const place = (key: string, x: number, y: number) => {
    const part = (value: number) => Math.min(1, Math.max(0, value));
    onChange(changePoint(definition, key, { position: [part(x), part(y)] }));
  };
  const press = (key: string) => {
    onSelect(key);
    if (tool === 'move') return;
    if (start !== null) onChange(toggleEdge(definition, start, key));
    setStart(start === null ? key : null);
  };
  const drag = (event: PointerEvent<SVGGElement>, key: string) => {
    if (tool !== 'move' || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left, top, width } = svg.current!.getBoundingClientRect();
    const part = (client: number, start: number) =>
      (((client - start) / width) * side - margin) / (side - 2 * margin);
    place(key, part(event.clientX, left), part(event.clientY, top));
  };
  const onKeyDown = (event: KeyboardEvent, key: string) => {
    const arrow = arrows[event.key];
    if (arrow !== undefined) {
      const step = event.shiftKey ? 0.05 : 0.01;
      const [x, y] = byKey.get(key)!.position;
      place(key, x + arrow[0] * step, y + arrow[1] * step);
    } else if (event.key === 'Enter' || event.key === ' ') press(key);
    else return;
    event.preventDefault();
  };
  const sides = keypointSides(fieldsOf(definition));
  const marked = tool === 'move' ? selected : start;
  const chosen = selected === null ? undefined : byKey.get(selected);
  const partner = chosen?.mirror == null ? undefined : byKey.get(chosen.mirror);
  const colorOf = (index: number) => sideColor(sides[index], { color, areSidesColored: true });
  const name = chosen === undefined ? '' : `${points.indexOf(chosen) + 1} ${chosen.name}`;
  return (
    <div className="skeleton-diagram">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <SegmentedControl
          size="xs"
          value={tool}
          onChange={(value) => {
            setTool(value as typeof tool);
            setStart(null);
          }}
          data={[
            { value: 'move' as const, icon: IconArrowsMove },
            { value: 'connect' as const, icon: IconTimeline },
          ].map(({ value, icon: Icon }) => ({
            value,
            label: (
              <span className="icon-choice">
                <Icon size={13} aria-hidden /> {t(`categories.keypoints.${value}`)}
              </span>
            ),
          }))}
        />
        <Text size="xs" c="dimmed" truncate>
          {name}
        </Text>
      </Group>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons that are drawn */}
      <svg
        ref={svg}
        viewBox={`0 0 ${side} ${side}`}
        role="group"
        aria-label={t('categories.keypoints.diagram')}
        style={{ color }}
      >
        <rect
          className="skeleton-box"
          x={margin}
          y={margin}
          width={side - 2 * margin}
          height={side - 2 * margin}
          rx={4}
        />
        {edges.map(([from, to]) => {
          const [[x1, y1], [x2, y2]] = [at(from), at(to)];
          return <line key={`${from} ${to}`} className="skeleton-edge" {...{ x1, y1, x2, y2 }} />;
        })}
        {chosen !== undefined && partner !== undefined && (
          <line
            className="skeleton-pair"
            x1={at(chosen.key)[0]}
            y1={at(chosen.key)[1]}
            x2={at(partner.key)[0]}
            y2={at(partner.key)[1]}
          />
        )}
        {points.map(({ key, name }, index) => {
          const [x, y] = at(key);
          return (
            // biome-ignore lint/a11y/useSemanticElements: a drawing has no buttons of its own
            <g
              key={key}
              role="button"
              tabIndex={0}
              className="skeleton-point"
              data-selected={key === marked || undefined}
              data-tool={tool}
              aria-label={`${index + 1} ${name}`}
              aria-pressed={key === marked}
              transform={`translate(${x} ${y})`}
              onPointerDown={(event) => {
                if (tool === 'move') event.currentTarget.setPointerCapture(event.pointerId);
                press(key);
              }}
              onPointerMove={(event) => drag(event, key)}
              onKeyDown={(event) => onKeyDown(event, key)}
            >
              <title>{name}</title>
              <circle r={radius} fill={colorOf(index)} />
              <text fill={textOn(colorOf(index))} dy="0.35em">
                {index + 1}
              </text>
            </g>
          );
        })}
      </svg>
      <Text size="xs" c="dimmed">
        {t(`categories.keypoints.${tool}Help`)}
      </Text>
    </div>
  );
}
