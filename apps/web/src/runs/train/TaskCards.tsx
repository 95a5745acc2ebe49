// The task is picked from what the labels allow; the others say why not.

import { Text } from '@mantine/core';
import {
  IconFingerprint,
  IconGauge,
  IconPolygon,
  IconSquareDashed,
  IconStretching2,
  IconTag,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { TaskOption } from './task-options.ts';
import { findsObjects, type TaskName } from './train-form.ts';

export const taskIcons = {
  detect: IconSquareDashed,
  segment: IconPolygon,
  pose: IconStretching2,
  classify: IconTag,
  regress: IconGauge,
  embed: IconFingerprint,
} as const satisfies Record<TaskName, typeof IconTag>;

interface TaskCardsProps {
  options: readonly TaskOption[];
  chosen: TaskName | null;
  onChoose: (task: TaskName) => void;
}

export function TaskCards({ options, chosen, onChoose }: TaskCardsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="task-cards" role="radiogroup" aria-label={t('runs.train.task')}>
      {options.map(({ task, pictureCount, objectCount, isPossible }) => {
        const Icon = taskIcons[task];
        return (
          <label key={task} className="task-card" data-refused={!isPossible || undefined}>
            <input
              type="radio"
              name="task"
              value={task}
              checked={task === chosen}
              disabled={!isPossible}
              onChange={() => onChoose(task)}
            />
            <Icon size={20} stroke={1.5} aria-hidden />
            <span className="task-card-text">
              <Text size="sm" fw={600} component="span">
                {t(`runs.tasks.${task}.name`)}
                <Text span size="xs" c="dimmed" ml={6} ff="monospace">
                  {task}
                </Text>
              </Text>
              <Text size="xs" c="dimmed" component="span">
                {t(`runs.tasks.${task}.${isPossible ? 'help' : 'needs'}`)}
              </Text>
              {isPossible && (
                <Text size="xs" c="dimmed" component="span">
                  {t('counts.pictures', {
                    count: pictureCount,
                    shown: format.count(pictureCount),
                  })}
                  {findsObjects(task) &&
                    ` · ${t('counts.objects', { count: objectCount, shown: format.count(objectCount) })}`}
                </Text>
              )}
            </span>
          </label>
        );
      })}
    </div>
  );
}
