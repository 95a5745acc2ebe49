import { Select } from '@mantine/core';
import { type TrainTask, trainTasks } from '@migaki/api';
import { useTranslation } from 'react-i18next';

interface TaskSelectProps {
  value: TrainTask | undefined;
  onChange: (task: TrainTask | undefined) => void;
}

/** Narrows a list to one task, or to none in particular. */
export function TaskSelect({ value, onChange }: TaskSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      size="xs"
      w={140}
      clearable
      placeholder={t('runs.list.anyTask')}
      aria-label={t('runs.columns.task')}
      data={trainTasks.map((task) => ({ value: task, label: t(`runs.tasks.${task}.name`) }))}
      value={value ?? null}
      onChange={(task) => onChange((task ?? undefined) as TrainTask | undefined)}
    />
  );
}
